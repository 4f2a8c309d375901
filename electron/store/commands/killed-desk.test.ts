import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { expectOk } from '#shared/foundation/result.ts'
import { verifyChain } from '../access-log/access-log.ts'
import { openStoreDb } from '../db/database.ts'
import { META_KEYS, readMetaNumber } from '../db/meta.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { readRescueCapsule } from '../keys/rescue-capsule.ts'
import { outboxEntries } from '../outbox/outbox.ts'

interface Place {
  dir: string
  file: string
  key: string
  capsule: string
  secret: string
}

/** Lets a desk work until it has acknowledged so many commands, and kills it in the middle of the next. */
async function killAtWork(acknowledgements: number): Promise<{ place: Place; acknowledged: string[] }> {
  const writer = fileURLToPath(new URL('../testing/command-writer.ts', import.meta.url))
  const child = spawn(process.execPath, [writer], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    if (lines.length > acknowledgements) child.kill('SIGKILL')
  }
  const [place = '{}', ...acknowledged] = lines
  return { place: JSON.parse(place) as Place, acknowledged }
}

test('a desk that is killed at work has every intake that it acknowledged: in the store, the outbox, the log and the capsule', async () => {
  const { place, acknowledged } = await killAtWork(12)
  const db = expectOk(openStoreDb({ file: place.file, key: Buffer.from(place.key, 'hex'), create: false }))
  const kept = outboxEntries(db).map(({ command }) => command.id)
  const opener = { kind: 'device', secret: Buffer.from(place.secret, 'hex') } as const
  const rescued = readRescueCapsule({ file: place.capsule, opener })
  expect(acknowledged.length).toBeGreaterThanOrEqual(12)
  expect(kept.slice(0, acknowledged.length)).toEqual(acknowledged)
  expect(rescued.commands.map(({ id }) => id).slice(0, kept.length)).toEqual(kept)
  // At most the one that was under way is more than was acknowledged, and it is there as a whole or not at all.
  expect(kept.length - acknowledged.length).toBeLessThanOrEqual(1)
  expect(readMetaNumber(db, META_KEYS.deviceSeq)).toBe(kept.length)
  expect(db.pluck('SELECT count(*) FROM cases WHERE waiting = 1')).toBe(kept.length)
  expect(expectOk(verifyChain(db, nodeCipher)).no).toBe(kept.length)
  db.close()
  rmSync(place.dir, { recursive: true })
})
