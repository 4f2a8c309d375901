import { readXlsx } from 'hucre/xlsx'
import { v7 as newUuid } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Intent } from '#shared/commands/command.ts'
import type { ProvisionAct } from '#shared/commands/provision/provision-act.ts'
import type { Role } from '#shared/domain/account/account.ts'
import { err, expectOk, ok } from '#shared/foundation/result.ts'
import type { MethodName, ReplyOf, RequestOf } from '#shared/ipc/contract.ts'
import type { ProvisionFile, ProvisionSummary } from '#shared/ipc/provision-views.ts'
import { keepCase } from '../../server/testing/test-cases.ts'
import { grantedCase, testAnswer } from '../../server/testing/test-provisions.ts'
import { type Office, openOffice, type Person, personAt, until } from './office-with-pcs.ts'

/** An officer at one PC gives; a caseworker at another takes calls and opens the recipients' letters. */

let office: Office
let officer: Person
let caseworker: Person
let stays: string
let goes: string

const person = (role: Role): Promise<Person> => personAt(office, role)
beforeEach(async () => {
  office = await openOffice()
  const { centre } = office.centre
  stays = await keepCase(centre, grantedCase(0, [testAnswer(true)]))
  goes = await keepCase(centre, grantedCase(1, [testAnswer(true)]))
  await keepCase(centre, grantedCase(2, [testAnswer(false)]))
  officer = await person('privacy_officer')
  caseworker = await person('caseworker')
})
afterEach(() => office.close())

const ask = <M extends MethodName>({ pc }: Person, method: M, request: RequestOf<M>) =>
  pc.service.ask(method, request) as Promise<ReplyOf<M>>
const preview = ({ pc }: Person) => pc.service.get('provision.preview', { recipientId: 'bgfRetail' })
const REQUEST = {
  ...{
    recipientId: 'bgfRetail',
    policyVersion: '2024-01-25',
    purpose: '11월 할인쿠폰 발행',
    document: '가족정책과-1204'
  },
  agreementEndsOn: null
}
const give = async (who: Person, runId: string = newUuid(), digest?: string) =>
  ask(who, 'provision.give', { runId, request: REQUEST, digest: digest ?? (await preview(who)).digest })
const given = async (who: Person, runId?: string): Promise<ProvisionFile> => expectOk(await give(who, runId))
const rowsOf = async ({ content, password }: ProvisionFile) => (await readXlsx(content, { password })).sheets[0]?.rows
const act = (who: Person, runId: string, done: ProvisionAct) => ask(who, 'provision.act', { runId, act: done })
const written = ({ sha256, content: { length: bytes } }: ProvisionFile): ProvisionAct => ({
  name: 'provision.written',
  args: { sha256, bytes }
})
const withdraw = async ({ pc }: Person, caseId: string) => {
  const how = { method: 'phone', representative: null, evidence: '', reason: '전화 요청' } as const
  const intent = { name: 'case.withdraw_consent', args: { consentId: 'provide.bgfRetail', ...how } } as const
  await pc.service.get('command.run', { caseId, base: {}, draftId: null, intent })
}
const runs = ({ pc }: Person) => pc.service.get('provision.runs', {})
const lines = async ({ pc }: Person, runId: string) =>
  (await pc.service.get('provision.lines', { runId, after: 0 })).lines
/** Until the newest run is so at her PC. */
const soon = (who: Person, isSo: (run: ProvisionSummary) => boolean) =>
  until(async () => {
    await who.pc.sync()
    const [newest] = await runs(who)
    return newest !== undefined && isSo(newest)
  })
const refused = (type: string, more: object = {}) => err({ type: 'ProvisionRefused', refusal: { type, ...more } })
const letter = (document: string) => ({ document, on: '2026-11-23' })

test('a run selects, says who is out and why, is numbered, written, and stands in the ledger of every PC', async () => {
  const shown = await preview(officer)
  expect([shown.selected, shown.cases.map(({ why }) => why), shown.leftOut.refused]).toEqual([2, ['refused'], 1])
  const file = await given(officer)
  expect([file.number, file.name, file.persons]).toEqual(['2026-0001', '제3자제공-2026-0001.xlsx', 2])
  const rows = (await rowsOf(file)) ?? []
  const names = [0, 1].map((no) => grantedCase(no, []).applicant.name)
  expect(
    rows
      .slice(1)
      .map((row) => row[1])
      .toSorted()
  ).toEqual(names.toSorted())
  expect(rows[0]?.length).toBe(3)
  expect(await act(officer, file.runId, written(file))).toEqual(ok(null))
  await until(async () => {
    await caseworker.pc.sync()
    return (await runs(caseworker))[0]?.file != null
  })
  expect(await runs(caseworker)).toMatchObject([
    { number: '2026-0001', persons: 2, keepUntil: '2027-05-23', toAsk: 0, file: { sha256: file.sha256 } }
  ])
  expect((await lines(caseworker, file.runId)).map(({ caseId }) => caseId).toSorted()).toEqual([stays, goes].toSorted())
  const { retention } = await caseworker.pc.service.get('case.open', { caseId: stays })
  expect(retention?.parts.flatMap(({ recipient, until }) => (recipient === null ? [] : [[recipient, until]]))).toEqual([
    ['BGF리테일', '2027-05-23']
  ])
})

test('a withdrawal that the centre knows and the officer has not heard of refuses the run, and nothing is numbered', async () => {
  const { digest } = await preview(officer)
  officer.pc.carry = async (url, send) => {
    if (url.includes('/changes')) throw new TypeError('a pull does not come through')
    return send()
  }
  await withdraw(caseworker, goes)
  await caseworker.pc.sync()
  expect(await give(officer, newUuid(), digest)).toEqual(
    refused('SelectionChanged', { persons: [{ caseId: goes, why: 'withdrawn' }] })
  )
  officer.pc.carry = (_url, send) => send()
  await until(async () => {
    await officer.pc.sync()
    return (await preview(officer)).selected === 1
  })
  expect(await give(officer, newUuid(), digest)).toEqual(err({ type: 'PreviewStale' }))
  const file = await given(officer)
  expect([file.number, (await rowsOf(file))?.length]).toEqual(['2026-0001', 2])
})

test('who withdraws after the giving: her line is marked at both PCs, the next run leaves her out, the letters are recorded', async () => {
  const file = await given(officer)
  await act(officer, file.runId, written(file))
  await withdraw(caseworker, goes)
  await until(async () => {
    await caseworker.pc.sync()
    await officer.pc.sync()
    const [first, second] = [(await runs(officer))[0], (await runs(caseworker))[0]]
    return first?.toAsk === 1 && second?.toAsk === 1
  })
  expect(
    await act(caseworker, file.runId, { name: 'provision.ask_deletion', args: letter('가족정책과-1301') })
  ).toEqual(ok(null))
  await soon(caseworker, ({ asked }) => asked === 1)
  const proof: ProvisionAct = { name: 'provision.prove_deletion', args: { ...letter('BGF-77'), of: 'asked' } }
  expect(await act(caseworker, file.runId, proof)).toEqual(ok(null))
  await soon(officer, ({ asked }) => asked === 0)
  const hers = await officer.pc.service.get('provision.ofCase', { caseId: goes })
  expect(hers.map(({ line, run }) => [run.number, line.withdrawnOn, line.proven?.document])).toEqual([
    ['2026-0001', '2026-11-23', 'BGF-77']
  ])
  const next = await given(officer)
  expect([next.number, next.persons, (await preview(officer)).leftOut.withdrawn]).toEqual(['2026-0002', 1, 1])
})

test('of a run whose file was never written nobody is to be asked for; it is voided, and its number stays', async () => {
  const { runId } = await given(officer)
  await withdraw(caseworker, goes)
  await until(async () => {
    await caseworker.pc.sync()
    await officer.pc.sync()
    return (await lines(officer, runId)).some(({ withdrawnOn }) => withdrawnOn !== null)
  })
  expect(await runs(officer)).toMatchObject([{ toAsk: 0, file: null }])
  expect(await ask(officer, 'provision.write', { runId })).toEqual(
    refused('SelectionChanged', { persons: [{ caseId: goes, why: 'withdrawn' }] })
  )
  expect(await act(officer, runId, { name: 'provision.void', args: { reason: '그 사이 철회' } })).toEqual(ok(null))
  await soon(officer, ({ voided }) => voided !== null)
  expect((await given(officer)).number).toBe('2026-0002')
})

test('a caseworker and a supervisor do not give, whatever their window sends, and nothing reaches the centre', async () => {
  const supervisor = await person('supervisor')
  const { digest } = await preview(officer)
  for (const who of [caseworker, supervisor]) {
    const sent: string[] = []
    who.pc.carry = (url, send) => {
      if (url.includes('/provisions/')) sent.push(url)
      return send()
    }
    expect(await give(who, newUuid(), digest)).toEqual(refused('RoleNotAllowed'))
    expect(await ask(who, 'provision.write', { runId: newUuid() })).toEqual(refused('RoleNotAllowed'))
    const done: ProvisionAct = { name: 'provision.void', args: { reason: '쓰지 않습니다' } }
    expect(await act(who, newUuid(), done)).toEqual(refused('RoleNotAllowed'))
    expect(sent).toEqual([])
  }
})

test('without a line nothing is given; an answer that was lost is no second number', async () => {
  const runId = newUuid()
  officer.pc.line = 'cut'
  expect(await give(officer, runId)).toEqual(err({ type: 'CentreUnreachable' }))
  officer.pc.line = 'open'
  officer.pc.deafTo = runId
  expect(await give(officer, runId)).toEqual(err({ type: 'CentreUnreachable' }))
  officer.pc.deafTo = null
  const file = await given(officer, runId)
  expect(file.number).toBe('2026-0001')
  const again = expectOk(await ask(officer, 'provision.write', { runId }))
  expect([again.number, again.password === file.password]).toEqual(['2026-0001', false])
  await act(officer, runId, written(again))
  expect(await ask(officer, 'provision.write', { runId })).toEqual(refused('AlreadyWritten'))
  expect((await runs(officer)).length).toBe(1)
})

test('a case with an edit that was not sent is left out, and who gave whom stands in the access log', async () => {
  caseworker.pc.line = 'cut'
  const changes = [{ field: 'applicant.phone' as const, value: '01099998888' }]
  const intent: Intent = { name: 'case.correct', args: { changes, reason: '번호 바뀜' } }
  await caseworker.pc.service.get('command.run', { caseId: goes, base: {}, draftId: null, intent })
  const shown = await preview(caseworker)
  expect([shown.selected, shown.leftOut.unsent]).toEqual([1, 1])
  const file = await given(officer)
  await act(officer, file.runId, written(file))
  const acts = await until(async () => {
    await officer.pc.sync()
    return (await logged()).includes('provide')
  }).then(logged)
  expect(acts.filter((name) => name.includes('provi'))).toEqual(['provide', 'save_provision'])
})

async function logged(): Promise<string[]> {
  const { rows } = await office.centre.centre.pool.query<{ act: string }>(
    `SELECT act FROM access_lines WHERE act LIKE '%provi%' ORDER BY no`
  )
  return rows.map(({ act: name }) => name)
}
