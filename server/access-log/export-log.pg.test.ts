import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ChainLine } from '#shared/domain/access-log/access-chain.ts'
import { canonicalText } from '#shared/domain/access-log/canonical-text.ts'
import { createExportCheck, type ExportVerdict } from '#shared/domain/access-log/check-export.ts'
import { type ExportLine, exportMessage, nextChecksum } from '#shared/domain/access-log/export-format.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { buryCases } from '../destruction/bury-cases.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { ed25519 } from '../keys/sodium.ts'
import { hex, sendLog, testChain, testEvent } from '../testing/test-access-log.ts'
import { copyDatabase, openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { createTestOutbox, push } from '../testing/test-commands.ts'
import { anchorLogs } from './anchors.ts'
import { exportLog } from './export-log.ts'

let server: TestCentre
let desk: TestDesk
let other: TestDesk
let log: ChainLine[]
let now = ''
const restored: TestCentre[] = []
beforeEach(async () => {
  now = '2026-11-23T01:00:00.000Z'
  server = await openTestCentre({ now: () => now })
  desk = await server.signIn(await server.addAccount())
  other = await server.signIn(await server.addAccount())
  log = testChain(desk, ['sign_in', 'view', 'unmask', 'view', 'lock'])
  await sendLog(desk, log, { of: log })
  const theirs = testChain(other, ['sign_in', 'view'])
  await sendLog(other, theirs, { of: theirs })
})
afterEach(async () => {
  await Promise.all([server, ...restored.splice(0)].map((centre) => centre.close()))
})

const DISTRICT = '11680'
const db = () => server.centre.pool
async function exported(from: string | null = null, at = server): Promise<string[]> {
  const file: string[] = []
  const period = { districtCode: DISTRICT, from, to: now }
  await exportLog(at.centre, period, async (text) => void file.push(text.trimEnd()))
  return file
}
function checked(file: readonly string[]): ExportVerdict {
  const check = createExportCheck({ sha256: nodeCipher.sha256, verify: ed25519.verify })
  for (const text of file) check.take(text)
  return check.end()
}
const faultsOf = (file: readonly string[]) => checked(file).faults
const kindsOf = (file: readonly string[]) => [...new Set(faultsOf(file).map(({ type }) => type))]
const parsed = (text: string) => JSON.parse(text) as ExportLine
const isLineOf = (deviceId: string) => (text: string) => {
  const line = parsed(text)
  return line.type === 'line' && line.deviceId === deviceId
}
/** The file with another content and a right end: with the centre's own key, unless another one is at hand. */
function signedAnew(lines: readonly string[], keys = server.centre.keyRing.anchorKeys): string[] {
  const content = lines.filter((text) => parsed(text).type !== 'end')
  const nothing: Uint8Array = new Uint8Array(32)
  const checksum = hex(content.reduce((before, text) => nextChecksum(nodeCipher, before, text), nothing))
  const end = {
    ...{ type: 'end', lines: content.filter((text) => parsed(text).type === 'line').length, checksum },
    publicKey: hex(keys.publicKey),
    signature: hex(ed25519.sign(keys.secretKey, exportMessage(checksum)))
  }
  return [...content, JSON.stringify(end)]
}
const mine = () => ({ deviceId: desk.deviceId, chain: hex(log[0]?.hash) })

test('an export says what it is, and is whole from the file alone', async () => {
  const file = await exported()
  expect(checked(file)).toEqual({
    head: {
      ...{ type: 'export', format: 1, no: 1, at: now, centreId: server.centre.centreId, districtCode: DISTRICT },
      ...{ from: null, to: now, goesOn: 'beginning' }
    },
    ...{ faults: [], anchors: 1, lines: 7, unknownBefore: [], marked: new Map() },
    publicKey: hex(server.centre.keyRing.anchorKeys.publicKey)
  })
  expect((await exported()).length).toBe(file.length)
  const { rows } = await db().query(
    'SELECT no, lines, encode(checksum, $1) AS checksum FROM access_exports ORDER BY no',
    ['hex']
  )
  expect(rows[0]).toMatchObject({
    no: 1,
    lines: 7,
    checksum: (parsed(file.at(-1) ?? '') as { checksum: string }).checksum
  })
  expect(rows).toHaveLength(2)
})

test('a period goes from the anchor before it to the anchor after it', async () => {
  await anchorLogs(server.centre, DISTRICT)
  now = '2026-11-23T05:00:00.000Z'
  const longer = [...log, ...testChain(desk, ['unlock', 'view'], log.at(-1))]
  await sendLog(desk, longer.slice(5), { of: longer, points: log.slice(-1) })
  const file = await exported('2026-11-23T03:00:00.000Z')
  expect(checked(file)).toMatchObject({ faults: [], anchors: 2, lines: 2, head: { goesOn: 'anchor' } })
})

test('a district without a line has nothing to export', async () => {
  const write = async (): Promise<void> => undefined
  expect(await exportLog(server.centre, { districtCode: '11440', from: null, to: now }, write)).toBeNull()
})

test('what the centre marked is counted, and is no fault of the export', async () => {
  const fork = testChain(desk, ['copy'], log[1])
  await sendLog(desk, fork, { of: [...log.slice(0, 2), ...fork], points: log.slice(1, 2) })
  expect(checked(await exported())).toMatchObject({ faults: [], lines: 8, marked: new Map([['fork', 1]]) })
})

describe('it shows in the file when at the centre, with both databases at hand,', () => {
  beforeEach(() => anchorLogs(server.centre, DISTRICT))
  const taken = { type: 'LinesTaken', anchor: 2 }

  test('the last lines are cut', async () => {
    await db().query('DELETE FROM access_lines WHERE device_id = $1 AND place > 3', [desk.deviceId])
    expect(faultsOf(await exported())).toEqual([{ type: 'LinesMissing', ...mine(), missing: 2 }])
  })

  test('the last lines are cut and the count with them', async () => {
    await db().query('DELETE FROM access_lines WHERE device_id = $1 AND place > 3', [desk.deviceId])
    await db().query('UPDATE access_chains SET lines = 3, digest = sha256($2) WHERE device_id = $1', [
      ...[desk.deviceId, Buffer.from('x')]
    ])
    expect(faultsOf(await exported())).toContainEqual({ ...taken, ...mine() })
  })

  test('a line is edited and everything after it is chained anew', async () => {
    const body = canonicalText(testEvent(desk, 'list'))
    let previous = log[1]?.hash ?? new Uint8Array()
    for (const line of log.slice(2)) {
      const text = line.no === 3 ? body : line.body
      const hash = nodeCipher.sha256(previous, text)
      await db().query(
        `UPDATE access_lines SET body = $3, previous_hash = $4, hash = $5, reckoned = $5
         WHERE device_id = $1 AND place = $2`,
        [desk.deviceId, line.no, text, previous, hash]
      )
      previous = hash
    }
    expect(faultsOf(await exported())).toEqual([{ type: 'LinesAltered', anchor: 1, ...mine() }])
  })

  test('two lines change places', async () => {
    for (const [from, to] of [
      [3, 100],
      [4, 3],
      [100, 4]
    ]) {
      await db().query('UPDATE access_lines SET place = $3 WHERE device_id = $1 AND place = $2', [
        ...[desk.deviceId, from, to]
      ])
    }
    expect(faultsOf(await exported())).toEqual([{ type: 'LinesAltered', anchor: 1, ...mine() }])
  })

  test("a PC's chain is taken away", async () => {
    await db().query('DELETE FROM access_lines WHERE device_id = $1', [desk.deviceId])
    await db().query('DELETE FROM access_chains WHERE device_id = $1', [desk.deviceId])
    expect(faultsOf(await exported())).toEqual([
      { ...taken, ...mine() },
      { type: 'LinesMissing', ...mine(), missing: 5 }
    ])
  })
})

describe('it shows when a file is altered', () => {
  test('after it was signed, in any line', async () => {
    const file = await exported()
    const at = file.findIndex(isLineOf(desk.deviceId))
    const altered = file.with(at, (file[at] ?? '').replace('sign_in', 'lock'))
    expect(kindsOf(altered)).toEqual(['LinesAltered', 'ChecksumWrong'])
    expect(kindsOf(file.with(0, (file[0] ?? '').replace('"no":1', '"no":2')))).toEqual(['ChecksumWrong'])
    expect(kindsOf(file.slice(0, -1))).toEqual(['Unfinished'])
    expect(kindsOf([...file, file[1] ?? ''])).toEqual(['Unreadable'])
    expect(kindsOf(['x', ...file])).toContain('Unreadable')
  })

  test('and signed anew with the key of the centre: lines cut, left out, moved, or a chain of a PC left out', async () => {
    const file = await exported()
    const first = file.findIndex(isLineOf(desk.deviceId))
    const last = file.findLastIndex(isLineOf(desk.deviceId))
    expect(faultsOf(signedAnew(file))).toEqual([])
    expect(faultsOf(signedAnew(file.toSpliced(last, 1)))).toEqual([{ type: 'LinesMissing', ...mine(), missing: 1 }])
    expect(kindsOf(signedAnew(file.toSpliced(first + 1, 1)))).toEqual(['LineOutOfPlace', 'LinesMissing'])
    const moved = file.with(first, file[first + 1] ?? '').with(first + 1, file[first] ?? '')
    expect(kindsOf(signedAnew(moved))).toContain('LineOutOfPlace')
    const without = file.filter((text) => !isLineOf(desk.deviceId)(text))
    expect(faultsOf(signedAnew(without))).toEqual([{ type: 'LinesMissing', ...mine(), missing: 5 }])
  })

  test('and signed anew with another key: its anchors are not of that key', async () => {
    const file = signedAnew(await exported(), ed25519.keysOf(new Uint8Array(32).fill(3)))
    expect(faultsOf(file)).toEqual([{ type: 'AnchorSignatureWrong', anchor: 1 }])
  })

  test('by an anchor that is left out', async () => {
    for (const at of [5, 6]) {
      const longer = testChain(
        desk,
        Array.from({ length: at - 4 }, () => 'view'),
        log.at(-1)
      )
      await anchorLogs(server.centre, DISTRICT)
      await sendLog(desk, longer.slice(-1), { of: [...log, ...longer], points: [...log, ...longer].slice(-2, -1) })
    }
    const file = await exported()
    expect(checked(file)).toMatchObject({ faults: [], anchors: 3 })
    expect(faultsOf(signedAnew(file.toSpliced(2, 1)))).toEqual([{ type: 'AnchorMissing', anchor: 3 }])
  })
})

test('an anchor whose predecessor went with the keys is said to be so, and is no fault', async () => {
  const keysDatabaseUrl = await copyDatabase(server.keysDatabaseUrl)
  await anchorLogs(server.centre, DISTRICT)
  const databaseUrl = await copyDatabase(server.databaseUrl)
  const again = await openTestCentre({ databaseUrl, keysDatabaseUrl })
  restored.push(again)
  expect(checked(await exported(null, again))).toMatchObject({ faults: [], lines: 7, unknownBefore: [2] })
})

test('a case that is destroyed leaves the log whole, which says nothing of the person', async () => {
  const register = createTestOutbox(desk).register()
  await push(desk, [register])
  const seen = [...log, ...testChain(desk, ['view'], log.at(-1))]
  await sendLog(desk, seen.slice(5), { of: seen, points: log.slice(-1) })
  const before = await exported()
  await buryCases(server.centre, { caseIds: [register.caseId], reason: 'destroyed' })
  const after = await exported()
  expect(faultsOf(after)).toEqual([])
  const contentOf = (file: readonly string[]) => file.slice(1, -1)
  expect(contentOf(after)).toEqual(contentOf(before))
  const { applicant } = sampleIntake()
  for (const word of [applicant.name, applicant.phone]) expect(after.join('\n')).not.toContain(word)
})
