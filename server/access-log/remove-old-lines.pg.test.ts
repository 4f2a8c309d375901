import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ChainLine } from '#shared/domain/access-log/access-chain.ts'
import { createExportCheck, type ExportVerdict } from '#shared/domain/access-log/check-export.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { ed25519 } from '../keys/sodium.ts'
import { sendLog, testChain } from '../testing/test-access-log.ts'
import { openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { anchorLogs } from './anchors.ts'
import { exportLog } from './export-log.ts'
import { LogDisagreesError, removeOldLines } from './remove-old-lines.ts'

/** Two years after a PC's first lines. */
let server: TestCentre
let desk: TestDesk
let log: ChainLine[]
let now: string
beforeEach(async () => {
  now = '2024-11-23T01:00:00.000Z'
  server = await openTestCentre({ now: () => now, sessionHours: 10 * 366 * 24 })
  desk = await server.signIn(await server.addAccount())
  log = testChain(desk, ['sign_in', 'view', 'unmask'])
  await sendLog(desk, log, { of: log })
  await anchorLogs(server.centre, DISTRICT)
  now = '2025-06-01T01:00:00.000Z'
  log = [...log, ...testChain(desk, ['view', 'lock'], log.at(-1))]
  await sendLog(desk, log.slice(3), { of: log, points: log.slice(2, 3) })
  await anchorLogs(server.centre, DISTRICT)
})
afterEach(() => server.close())

const DISTRICT = '11680'
const TWO_YEARS_ON = '2026-11-24T01:00:00.000Z'
const db = () => server.centre.pool
const linesHere = async (): Promise<number[]> =>
  (await db().query<{ no: number }>('SELECT no FROM access_lines ORDER BY no')).rows.map(({ no }) => no)
const remove = () => removeOldLines(server.centre, DISTRICT)
async function verdict(from: string | null = null): Promise<ExportVerdict> {
  const check = createExportCheck({ sha256: nodeCipher.sha256, verify: ed25519.verify })
  await exportLog(server.centre, { districtCode: DISTRICT, from, to: now }, async (text) => check.take(text.trimEnd()))
  return check.end()
}

test('nothing goes before the two years are over', async () => {
  now = '2026-11-23T14:59:59.999Z'
  expect(await remove()).toBeNull()
  expect(await linesHere()).toEqual([1, 2, 3, 4, 5])
})

test('what is older goes up to its anchor, once, and what is left is as whole from the file alone as before', async () => {
  now = TWO_YEARS_ON
  expect(await remove()).toEqual({ anchor: 1, lines: 3 })
  expect(await remove()).toBeNull()
  expect(await linesHere()).toEqual([4, 5])
  expect(await verdict()).toMatchObject({ faults: [], lines: 2, head: { goesOn: 'anchor' } })
  expect(await verdict('2026-01-01T00:00:00.000Z')).toMatchObject({ faults: [], lines: 0 })
})

test('a line that was edited in time with the key in hand is found, and nothing of the log is removed', async () => {
  now = TWO_YEARS_ON
  await db().query(`UPDATE access_lines SET body = replace(body, 'unmask', 'view') WHERE no = 3`)
  await expect(remove()).rejects.toThrow(LogDisagreesError)
  expect(await linesHere()).toEqual([1, 2, 3, 4, 5])
})

test('the last lines cut after a removal are missed as before', async () => {
  now = TWO_YEARS_ON
  await remove()
  await db().query('DELETE FROM access_lines WHERE no = 5')
  expect((await verdict()).faults).toMatchObject([{ type: 'LinesMissing', missing: 1 }])
})

test('a PC whose whole log has gone goes on where it was: nothing comes twice, and no gap is seen', async () => {
  now = '2028-01-01T00:00:00.000Z'
  expect(await remove()).toEqual({ anchor: 2, lines: 5 })
  const more = [...log, ...testChain(desk, ['unlock'], log.at(-1))]
  expect(await sendLog(desk, more.slice(5), { of: more, points: log.slice(-1) })).toEqual({ upTo: 6 })
  const { rows } = await db().query('SELECT no, marks FROM access_lines')
  expect(rows).toEqual([{ no: 6, marks: [] }])
  expect(await verdict()).toMatchObject({ faults: [], lines: 1 })
  const supervisor = await server.signIn(await server.addAccount({ role: 'supervisor' }))
  const { pcs } = (await supervisor.call({ method: 'GET', url: '/v1/admin/access-log/pcs' })).json()
  const pc = pcs.find(({ deviceId }: { deviceId: string }) => deviceId === desk.deviceId)
  expect(pc.chains[0]).toMatchObject({ newestNo: 6, heldUpTo: 6 })
})
