import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { expectOk } from '#shared/foundation/result.ts'
import { behindOf } from '#shared/store-format/search-behind.ts'
import { openStoreDb } from '../db/database.ts'
import { createIndexPass } from '../db/index-pass.ts'
import { META_KEYS, readMetaNumber } from '../db/meta.ts'
import { searchCases } from '../queries/case-search.ts'
import { DOWNLOADED, downloadDeps, downloadedCase, downloadStart } from '../testing/download-writer.ts'
import { createReception } from './reception.ts'

interface Place {
  readonly dir: string
  readonly file: string
  readonly key: string
}

/** Kills a download so long after so many of its parts. */
async function killAfter(parts: number, ms: number): Promise<Place> {
  const writer = fileURLToPath(new URL('../testing/download-writer.ts', import.meta.url))
  const child = spawn(process.execPath, [writer], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    if (lines.length === parts + 1) setTimeout(() => child.kill('SIGKILL'), ms)
  }
  return JSON.parse(lines[0] ?? '{}') as Place
}

test.each([
  [1, 3],
  [2, 11],
  [3, 0],
  [4, 23]
])(
  'a download that is killed after part %i is whole up to its cursor, and goes on from there',
  async (parts, ms) => {
    const place = await killAfter(parts, ms)
    const db = expectOk(openStoreDb({ file: place.file, key: Buffer.from(place.key, 'hex'), create: false }))
    const cursor = readMetaNumber(db, META_KEYS.cursor)
    expect(cursor).toBeGreaterThanOrEqual(parts * 1000)
    expect(db.pluck('SELECT count(*) FROM cases')).toBe(cursor)
    expect(db.raw.pragma('integrity_check', { simple: true })).toBe('ok')
    const index = createIndexPass(db)
    while (index.step());
    const reception = createReception({ ...downloadDeps, db })
    expectOk(reception.take(downloadStart))
    for (let next = cursor; next < DOWNLOADED; next += 1) {
      expectOk(reception.take({ type: 'case', seq: next + 1, record: downloadedCase(next) }))
      if (reception.isFull()) expectOk(reception.store())
    }
    expectOk(reception.store())
    reception.end()
    while (index.step());
    expect(behindOf(db)).toBeNull()
    expect([db.pluck('SELECT count(*) FROM cases'), db.pluck('SELECT count(*) FROM case_bodies')]).toEqual([
      DOWNLOADED,
      DOWNLOADED
    ])
    for (const no of [0, cursor - 1, cursor, DOWNLOADED - 1]) {
      const { id, applicationNo } = downloadedCase(no).case
      const { hits } = searchCases(db, { text: applicationNo, limit: 50 })
      expect(hits.map(({ row }) => row.id)).toContain(id)
    }
    db.close()
    rmSync(place.dir, { recursive: true })
  },
  90_000
)
