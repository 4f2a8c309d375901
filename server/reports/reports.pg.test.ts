import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ChainLine, EMPTY_CHAIN, nextLine } from '#shared/domain/access-log/access-chain.ts'
import type { AccessEvent } from '#shared/domain/access-log/access-event.ts'
import type { ReportEntry, ReportOrder } from '#shared/domain/report/report.ts'
import { nextRowsDigest, REPORT_COLUMNS, type Row } from '#shared/domain/report/report-columns.ts'
import type { ReportLine } from '#shared/sync-protocol/report-lines.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { keepCase } from '../testing/test-cases.ts'
import { openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { grantedCase, testAnswer } from '../testing/test-provisions.ts'

let server: TestCentre
let now: string
let worker: TestDesk
let supervisor: TestDesk
beforeEach(async () => {
  now = '2026-11-23T12:00:00.000Z'
  server = await openTestCentre({ now: () => now })
  worker = await server.signIn(await server.addAccount())
  supervisor = await server.signIn(await server.addAccount({ role: 'supervisor' }))
})
afterEach(() => server.close())

const CASE = '01930000-0000-7000-8000-000000000001'
const idOf = (n: number): string => `01930000-0000-7000-8000-${String(n).padStart(12, '0')}`
const orderOf = (n: number, over: Partial<ReportOrder> = {}): ReportOrder => ({
  ...{ id: idOf(n), kind: 'access_log', from: '2026-11-23', to: '2026-11-23', scope: { type: 'district' } },
  ...{ purpose: '11월 정기 점검', format: 'xlsx', deleteBy: '2027-11-23' },
  ...over
})
const post = (desk: TestDesk, path: string, payload?: object) =>
  desk.call({ method: 'POST', url: `/v1/reports${path}`, ...(payload && { payload }) })
const ordered = async (n: number, over: Partial<ReportOrder> = {}, desk = supervisor): Promise<number> =>
  (await post(desk, '', orderOf(n, over))).json().no
const register = async (desk = supervisor): Promise<ReportEntry[]> =>
  (await desk.call({ method: 'GET', url: '/v1/reports' })).json().reports
const linesOf = async (n: number, desk = supervisor): Promise<ReportLine[]> => {
  const answer = await desk.call({ method: 'GET', url: `/v1/reports/${idOf(n)}/lines` })
  return answer.body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}
const RESULT = { rows: 3, rowsDigest: 'ab'.repeat(32), fileDigest: 'cd'.repeat(32), fileBytes: 1_000 }

type Acted = Partial<Omit<AccessEvent, 'act'>> & { readonly act: string }

/** What this desk did, as its log says it, at the centre. */
async function acted(desk: TestDesk, acts: readonly Acted[]): Promise<void> {
  const lines: ChainLine[] = []
  for (const act of acts) {
    const who = { accountId: desk.account.id, deviceId: desk.deviceId, address: '10.1.2.3' }
    const event = { at: now, ...who, caseIds: [], detail: {}, reason: null, ...act } as AccessEvent
    lines.push(nextLine(nodeCipher, lines.at(-1) ?? EMPTY_CHAIN, event))
  }
  const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex')
  const start = { type: 'start', deviceId: desk.deviceId, chain: hex(lines[0]?.hash), newest: lines.length, points: [] }
  const sent = lines.map(({ no, body, previousHash, hash }) => ({
    ...{ type: 'line', no, body, previousHash: hex(previousHash), hash: hex(hash) }
  }))
  const payload = [start, ...sent].map((line) => JSON.stringify(line)).join('\n')
  const headers = { 'content-type': 'application/x-ndjson' }
  expect((await desk.call({ method: 'POST', url: '/v1/access-log', payload, headers })).statusCode).toBe(200)
}

test('each press has one number, also sent twice or by two desks at once, and what is broken off leaves no gap', async () => {
  const officer = await server.signIn(await server.addAccount({ role: 'privacy_officer' }))
  const numbers = await Promise.all([
    ...[1, 1, 1].map((n) => ordered(n)),
    ...[2, 3].map((n) => ordered(n, { kind: 'grants' }, officer)),
    ordered(4)
  ])
  expect([...new Set(numbers)].toSorted()).toEqual([1, 2, 3, 4])
  expect(new Set(numbers.slice(0, 3)).size).toBe(1)
  expect((await post(supervisor, `/${idOf(1)}/cancel`)).statusCode).toBe(204)
  expect(await ordered(5)).toBe(5)
  expect((await register()).map(({ no, end }) => [no, end.type])).toEqual([
    [5, 'open'],
    ...[4, 3, 2, 1].map((no) => [no, no === numbers[0] ? 'cancelled' : 'open'])
  ])
  const elsewhere = await server.signIn(await server.addAccount({ role: 'supervisor', districtCode: '11710' }))
  expect(await ordered(6, {}, elsewhere)).toBe(1)
  expect((await post(elsewhere, '', orderOf(1))).json()).toEqual({ error: { type: 'NotFound' } })
})

test('the log of a period comes as rows with who, what, whose data and why, and a digest over all of them', async () => {
  await acted(worker, [
    { act: 'view', caseIds: [CASE], at: '2026-11-22T14:59:59.999Z' },
    {
      act: 'unmask',
      caseIds: [CASE],
      detail: { field: 'applicant.phone' },
      reason: '통화 확인',
      at: '2026-11-22T15:00:00.000Z'
    },
    { act: 'dream', at: '2026-11-23T11:00:00.000Z' }
  ])
  await ordered(1)
  const lines = await linesOf(1)
  const [start, rows, end] = lines
  expect(start).toMatchObject({
    type: 'start',
    total: 2,
    accounts: { [worker.account.id]: worker.account.displayName }
  })
  const told = rows?.type === 'rows' ? rows.rows : []
  expect(told).toEqual([
    [
      ...['2026-11-22T15:00:00.000Z', worker.account.id, 'unmask', 1, CASE, 'field: applicant.phone', '통화 확인'],
      ...[worker.deviceId, '10.1.2.3', 2, now, '']
    ],
    ['2026-11-23T11:00:00.000Z', worker.account.id, 'dream', 0, '', '', null, worker.deviceId, '10.1.2.3', 3, now, '']
  ])
  const digest = nextRowsDigest(nodeCipher, new Uint8Array(32), told as Row[])
  expect(end).toEqual({ type: 'end', rows: 2, digest: Buffer.from(digest).toString('hex') })
})

test('a line that was edited at the centre is in the report, and says so', async () => {
  await acted(worker, [{ act: 'view', caseIds: [CASE], reason: '민원 확인' }])
  await server.centre.pool.query(`UPDATE access_lines SET body = replace(body, '민원', '업무')`)
  await ordered(1)
  const [, rows] = await linesOf(1)
  expect(rows?.type === 'rows' && rows.rows[0]?.at(-1)).toBe('text')
})

test('a report is about one person, one PC or one case when it is asked so', async () => {
  await acted(worker, [{ act: 'view', caseIds: [CASE] }, { act: 'search' }])
  await acted(supervisor, [{ act: 'view', caseIds: [idOf(9)] }])
  const counted = async (n: number, scope: ReportOrder['scope']): Promise<number> => {
    await ordered(n, { scope })
    const end = (await linesOf(n)).at(-1)
    return end?.type === 'end' ? end.rows : -1
  }
  expect(await counted(1, { type: 'account', accountId: worker.account.id })).toBe(2)
  expect(await counted(2, { type: 'pc', deviceId: supervisor.deviceId })).toBe(1)
  expect(await counted(3, { type: 'case', caseId: CASE })).toBe(1)
  expect(
    (await post(supervisor, '', orderOf(4, { kind: 'destruction', scope: { type: 'case', caseId: CASE } }))).statusCode
  ).toBe(400)
})

test('each kind has a cell for each of its columns', async () => {
  await acted(worker, [{ act: 'view' }])
  for (const [n, kind] of (['access_log', 'grants', 'consents', 'provisions', 'destruction'] as const).entries()) {
    await ordered(n, { kind, from: '2020-01-01' })
    const rows = (await linesOf(n)).flatMap((line) => (line.type === 'rows' ? line.rows : []))
    expect(rows.every(({ length }) => length === REPORT_COLUMNS[kind].length)).toBe(true)
  }
  await ordered(9, { kind: 'grants', from: '2020-01-01', scope: { type: 'account', accountId: worker.account.id } })
  const [, grants] = await linesOf(9)
  expect(grants?.type === 'rows' && grants.rows.map((row) => [row[1], row[2]])).toEqual([
    ['given', worker.account.login]
  ])
})

test('what recipients were given comes person by person, with the consent that allowed it', async () => {
  const officer = await server.signIn(await server.addAccount({ role: 'privacy_officer' }))
  const caseIds = [0, 1].map((no) => keepCase(server.centre, grantedCase(no, [testAnswer(true)])))
  const persons = (await Promise.all(caseIds)).toSorted().map((caseId) => [caseId, 1])
  const given = await officer.call({
    method: 'PUT',
    url: `/v1/provisions/${idOf(77)}`,
    payload: {
      ...{ recipientId: 'bgfRetail', policyVersion: '2024-01-25', purpose: '11월 할인쿠폰 발행' },
      ...{ document: '가족정책과-1204', agreementEndsOn: null, persons }
    }
  })
  expect(given.json()).toMatchObject({ type: 'Numbered' })
  await ordered(1, { kind: 'provisions', from: '2026-11-01' })
  const [start, rows] = await linesOf(1)
  expect(start).toMatchObject({ total: 2 })
  const told = rows?.type === 'rows' ? rows.rows : []
  expect(told.map((row) => [row[1], row[2], row[3], row[12]])).toEqual(
    persons.map(([caseId]) => ['2026-0001', 'bgfRetail', 'unwritten', caseId])
  )
  await ordered(2, { kind: 'provisions', from: '2026-11-01', scope: { type: 'case', caseId: String(persons[0]?.[0]) } })
  expect((await linesOf(2)).at(-1)).toMatchObject({ rows: 1 })
})

test('who overlooks nothing is refused, a colleague does not end or read what she did not ask for', async () => {
  await ordered(1)
  expect((await post(worker, '', orderOf(2))).json()).toEqual({ error: { type: 'RoleNotAllowed' } })
  expect((await worker.call({ method: 'GET', url: '/v1/reports' })).json()).toEqual({
    error: { type: 'RoleNotAllowed' }
  })
  const officer = await server.signIn(await server.addAccount({ role: 'privacy_officer' }))
  expect((await officer.call({ method: 'GET', url: `/v1/reports/${idOf(1)}/lines` })).statusCode).toBe(404)
  expect((await post(officer, `/${idOf(1)}/finish`, RESULT)).statusCode).toBe(404)
  expect((await post(officer, `/${idOf(1)}/cancel`)).statusCode).toBe(404)
})

test('a finished report is in the register with its checksums until its deletion is recorded, once', async () => {
  await ordered(1)
  expect((await post(supervisor, `/${idOf(1)}/deleted`, { how: '파일 삭제' })).statusCode).toBe(404)
  expect((await post(supervisor, `/${idOf(1)}/finish`, RESULT)).statusCode).toBe(204)
  expect((await post(supervisor, `/${idOf(1)}/finish`, RESULT)).statusCode).toBe(204)
  expect((await post(supervisor, `/${idOf(1)}/finish`, { ...RESULT, fileDigest: 'ef'.repeat(32) })).statusCode).toBe(
    404
  )
  expect((await post(supervisor, `/${idOf(1)}/cancel`)).statusCode).toBe(404)
  expect(await linesOf(1)).toEqual([{ error: { type: 'NotFound' } }])
  const finishedAt = now
  now = '2027-11-23T00:00:00.000Z'
  const officer = await server.signIn(await server.addAccount({ role: 'privacy_officer' }))
  expect((await post(officer, `/${idOf(1)}/deleted`, { how: '휴지통까지 비움' })).statusCode).toBe(204)
  expect((await post(officer, `/${idOf(1)}/deleted`, { how: '다시' })).statusCode).toBe(404)
  expect(await register(officer)).toEqual([
    {
      ...orderOf(1),
      ...{ no: 1, authorId: supervisor.account.id, orderedAt: finishedAt },
      end: { type: 'finished', at: finishedAt, ...RESULT },
      deleted: { at: now, by: officer.account.id, how: '휴지통까지 비움' }
    }
  ])
})

test('no file is kept for ever, nor deleted before it is there', async () => {
  for (const deleteBy of ['2026-11-23', '2026-11-01', '2031-01-01']) {
    expect((await post(supervisor, '', orderOf(1, { deleteBy }))).statusCode).toBe(400)
  }
  expect(await register()).toEqual([])
})
