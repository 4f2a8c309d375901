import { closeSync, mkdtempSync, openSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { STORE_FORMAT } from '#shared/store-format/schema.ts'
import type { SnapshotResponse } from '#shared/sync-protocol/snapshot.ts'
import { searchCases } from '../../electron/store/queries/case-search.ts'
import { seedCentre } from '../../server/seed/seed-centre.ts'
import { readableFiles } from '../helpers/open-files.ts'
import { openSyncFixture, type SyncFixture } from './sync-fixture.ts'

const COUNT = 3000
const NAME = '갈매나무별'
const make = createCaseGenerator({ seed: 4, districtCodes: ['11680'], today: '2026-11-20', count: COUNT })
const records = Array.from({ length: COUNT }, (_, index) => {
  const record = make(index)
  return { ...record, case: { ...record.case, applicant: { ...record.case.applicant, name: NAME } } }
})

/** Both the centre's and the PC's temporary files and the PC's store lie in it. */
let dir = ''
let office: SyncFixture
const before = { TMPDIR: process.env.TMPDIR, SQLITE_TMPDIR: process.env.SQLITE_TMPDIR }
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'mnk-copy-'))
  Object.assign(process.env, { TMPDIR: dir, SQLITE_TMPDIR: dir })
  office = await openSyncFixture({ snapshotLimits: { fewest: 1000, most: 10_000 } })
  await seedCentre(office.centre.centre, records)
}, 60_000)
afterAll(async () => {
  await office.close()
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  rmSync(dir, { recursive: true })
})

const look = () => readableFiles(dir, [NAME])

/** Looks again and again while the work goes on. */
async function foundDuring<T>(work: Promise<T>): Promise<{ value: T; found: string[]; looks: number }> {
  let isOver = false
  const value = work.finally(() => {
    isOver = true
  })
  const found = new Set<string>()
  let looks = 0
  for (; !isOver; looks += 1) {
    for (const file of look()) found.add(file)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  return { value: await value, found: [...found], looks }
}

test.runIf(process.platform === 'linux')('the search sees files with a name and without', () => {
  const file = join(dir, 'plain')
  writeFileSync(file, `x${NAME}`)
  expect(look()).toEqual([file])
  const handle = openSync(file, 'r')
  unlinkSync(file)
  expect(look()).toEqual([`/proc/self/fd/${handle}`])
  closeSync(handle)
  expect(look()).toEqual([])
})

test.runIf(process.platform === 'linux')(
  'nothing of a copy is readable on a disk while it is made, fetched and used, at the centre or the PC',
  async () => {
    const first = await office.centre.signIn(await office.centre.addAccount())
    const payload = { encoding: 'zstd', format: STORE_FORMAT }
    const ask = async (): Promise<SnapshotResponse> =>
      (await first.call({ method: 'POST', url: '/v1/snapshot', payload })).json()
    const untilReady = async (): Promise<void> => {
      while ((await ask()).type !== 'Ready') await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const made = await foundDuring(untilReady())
    expect(made).toMatchObject({ found: [] })
    expect(made.looks).toBeGreaterThan(5)

    const desk = await office.openDesk()
    const fetched = await foundDuring(desk.sync.syncNow())
    expect(fetched).toMatchObject({ value: { state: 'current' }, found: [] })
    expect(searchCases(desk.db, { text: NAME, limit: 5 }).hits).toHaveLength(5)
    expect(look()).toEqual([])

    const { pool } = office.centre.centre
    await pool.query('CHECKPOINT')
    const { rows } = await pool.query<{ dir: string }>("SELECT current_setting('data_directory') AS dir")
    expect(readableFiles(rows[0]?.dir ?? '', [NAME, Buffer.from(NAME).toString('hex')])).toEqual([])
  },
  120_000
)
