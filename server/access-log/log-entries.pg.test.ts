import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ChainLine, EMPTY_CHAIN, nextLine } from '#shared/domain/access-log/access-chain.ts'
import type { AccessEvent } from '#shared/domain/access-log/access-event.ts'
import type { LogEntry } from '#shared/domain/access-log/log-entry.ts'
import { MAX_LOG_ENTRIES } from '#shared/sync-protocol/access-log-entries.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'

let server: TestCentre
let a: TestDesk
let b: TestDesk
let supervisor: TestDesk
beforeEach(async () => {
  server = await openTestCentre({ now: () => NOW })
  a = await server.signIn(await server.addAccount())
  b = await server.signIn(await server.addAccount())
  supervisor = await server.signIn(await server.addAccount({ role: 'supervisor' }))
})
afterEach(() => server.close())

const NOW = '2026-11-23T12:00:00.000Z'
const [CASE, OTHER] = ['01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000002']
type Acted = Partial<Omit<AccessEvent, 'act'>> & { readonly act: string }
const DAY = { from: '2026-11-23T00:00:00.000Z', to: '2026-11-24T00:00:00.000Z' }

/** What this desk did, as its log says it, at the centre. */
async function acted(desk: TestDesk, acts: readonly Acted[]): Promise<void> {
  const lines: ChainLine[] = []
  for (const act of acts) {
    const who = { accountId: desk.account.id, deviceId: desk.deviceId, address: '10.1.2.3' }
    const event = { at: NOW, ...who, caseIds: [], detail: {}, reason: null, ...act } as AccessEvent
    lines.push(nextLine(nodeCipher, lines.at(-1) ?? EMPTY_CHAIN, event))
  }
  const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex')
  const chain = hex(lines[0]?.hash)
  const start = { type: 'start', deviceId: desk.deviceId, chain, newest: lines.length, points: [] }
  const sent = lines.map(({ no, body, previousHash, hash }) => ({
    ...{ type: 'line', no, body, previousHash: hex(previousHash), hash: hex(hash) }
  }))
  const payload = [start, ...sent].map((line) => JSON.stringify(line)).join('\n')
  const headers = { 'content-type': 'application/x-ndjson' }
  expect((await desk.call({ method: 'POST', url: '/v1/access-log', payload, headers })).statusCode).toBe(200)
}
const ask = async (by: TestDesk, asked: Record<string, string> = {}) =>
  by.call({ method: 'GET', url: `/v1/admin/access-log/lines?${new URLSearchParams({ ...DAY, ...asked })}` })
const linesFor = async (asked: Record<string, string> = {}): Promise<LogEntry[]> =>
  (await ask(supervisor, asked)).json().lines
const told = (lines: readonly LogEntry[]) => lines.map(({ deviceId, no }) => [deviceId === a.deviceId ? 'a' : 'b', no])

test('a line says who, when, from where, whose data, what and why, and what is wrong with it', async () => {
  const at = '2026-11-23T01:00:00.000Z'
  await acted(a, [{ at, act: 'unmask', caseIds: [CASE], detail: { field: 'applicant.phone' }, reason: '통화 확인' }])
  expect(await linesFor()).toEqual([
    {
      ...{ id: 1, deviceId: a.deviceId, no: 1, at, receivedAt: NOW, accountId: a.account.id, act: 'unmask' },
      ...{ address: '10.1.2.3', caseIds: [CASE], detail: { field: 'applicant.phone' }, reason: '통화 확인', marks: [] }
    }
  ])
})

test('lines are found by period, account, PC, act and case, the newest first, also an act of a newer desk', async () => {
  await acted(a, [
    { act: 'view', caseIds: [CASE, OTHER], at: '2026-11-22T23:59:59.999Z' },
    { act: 'view', caseIds: [CASE], at: '2026-11-23T00:00:00.000Z' },
    { act: 'dream', caseIds: [OTHER], at: '2026-11-23T05:00:00.000Z' }
  ])
  await acted(b, [{ act: 'view', caseIds: [CASE], at: '2026-11-23T03:00:00.000Z' }])
  expect(told(await linesFor())).toEqual([
    ['a', 3],
    ['b', 1],
    ['a', 2]
  ])
  expect(told(await linesFor({ accountId: b.account.id }))).toEqual([['b', 1]])
  expect(told(await linesFor({ deviceId: b.deviceId }))).toEqual([['b', 1]])
  expect(told(await linesFor({ act: 'dream' }))).toEqual([['a', 3]])
  const years = { from: '2024-11-24T00:00:00.000Z', caseId: OTHER }
  expect(told(await linesFor(years))).toEqual([
    ['a', 3],
    ['a', 1]
  ])
})

test('a line whose text was edited at the centre is shown as unreadable, and the others with it', async () => {
  await acted(a, [{ act: 'view', caseIds: [CASE] }, { act: 'copy' }])
  await server.centre.pool.query("UPDATE access_lines SET body = '{}' WHERE no = 1")
  expect(await linesFor()).toMatchObject([
    { act: 'copy', marks: [] },
    { act: 'view', caseIds: [CASE], accountId: a.account.id, detail: {}, marks: ['unreadable'] }
  ])
})

test('a long log comes page by page, each line once, also where many have the same time', async () => {
  await acted(
    a,
    Array.from({ length: MAX_LOG_ENTRIES + 3 }, () => ({ act: 'view' }))
  )
  const first = (await ask(supervisor)).json()
  const second = (await ask(supervisor, { before: String(first.next) })).json()
  expect([first.lines.length, second.lines.length, second.next]).toEqual([MAX_LOG_ENTRIES, 3, null])
  const numbers = [...first.lines, ...second.lines].map(({ no }: LogEntry) => no)
  expect(numbers).toEqual(Array.from({ length: MAX_LOG_ENTRIES + 3 }, (_, index) => MAX_LOG_ENTRIES + 3 - index))
})

test('a caseworker is refused, another district sees nothing, and no one reads years without naming a case', async () => {
  await acted(a, [{ act: 'view', caseIds: [CASE] }])
  expect((await ask(a)).json()).toEqual({ error: { type: 'RoleNotAllowed' } })
  const elsewhere = await server.signIn(await server.addAccount({ role: 'privacy_officer', districtCode: '11710' }))
  expect((await ask(elsewhere)).json()).toEqual({ lines: [], next: null })
  expect((await ask(supervisor, { from: '2024-11-24T00:00:00.000Z' })).statusCode).toBe(400)
})
