import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PlainAct } from '#shared/commands/destruction/batch-intent.ts'
import type { Role } from '#shared/domain/account/account.ts'
import { err, expectOk, ok } from '#shared/foundation/result.ts'
import type { MethodName, RequestOf } from '#shared/ipc/contract.ts'
import { openStoreDb } from '../../electron/store/db/database.ts'
import { unlockAccount } from '../../electron/store/keys/keyring.ts'
import { readKeyring } from '../../electron/store/keys/keyring-file.ts'
import { heldLease } from '../../electron/store/keys/lease-layer.ts'
import { executeDueBatches } from '../../server/destruction/execution-job.ts'
import { runRetention } from '../../server/retention/retention-run.ts'
import { testPlan, testRequest } from '../../server/testing/test-batch-commands.ts'
import { keepCase, plainCase } from '../../server/testing/test-cases.ts'
import { TEST_PASSWORD } from '../../server/testing/test-centre.ts'
import { DAY_MS, type Office, openOffice, type Person, personAt, until } from './office-with-pcs.ts'

/** Three people at three PCs destroy together what is due, through the doors of their stores. */

let office: Office
let author: Person
let leader: Person
let officer: Person
let caseIds: string[]

const person = (role: Role): Promise<Person> => personAt(office, role)
beforeEach(async () => {
  office = await openOffice()
  const { centre } = office.centre
  office.pass(Date.parse('2030-01-03T00:00:00.000Z') - Date.parse('2026-11-23T00:00:00.000Z'))
  caseIds = []
  for (const no of [1, 2, 3]) caseIds.push(await keepCase(centre, plainCase(no)))
  caseIds.sort()
  await runRetention(centre, '11680')
  author = await person('caseworker')
  leader = await person('supervisor')
  officer = await person('privacy_officer')
})
afterEach(() => office.close())

const ask = <M extends MethodName>({ pc }: Person, method: M, request: RequestOf<M>) => pc.service.ask(method, request)
const act = ({ pc }: Person, batchId: string | null, done: PlainAct) =>
  pc.service.get('destruction.act', { batchId, act: done })
const refusalOf = async (who: Person, batchId: string, done: PlainAct) => {
  const answer = await ask(who, 'destruction.act', { batchId, act: done })
  return answer.ok ? null : answer.error
}
const refused = (type: string) => ({ type: 'ActRefused', refusal: { type } })
const view = ({ pc }: Person, batchId: string) => pc.service.get('destruction.open', { batchId })
/** All have sent what they did, then all have received: an exchange that had begun before may have missed it. */
const sync = async (...people: Person[]) => {
  for (const { pc } of people) await until(async () => (await pc.sync()).waiting === 0)
  for (const { pc } of [...people, ...people]) await pc.sync()
}
const approve = async (who: Person, batchId: string, password = TEST_PASSWORD) =>
  ask(who, 'destruction.approve', { batchId, digest: (await view(who, batchId)).digest ?? '0'.repeat(64), password })

const PLAN: PlainAct = { name: 'batch.plan', args: { ...testPlan, dueUpTo: '2030-01-03' } }
const SUBMIT: PlainAct = { name: 'batch.submit', args: {} }
const REVIEWED: PlainAct = { name: 'batch.finish_review', args: { reason: '확인' } }

async function requested(found = 3): Promise<string> {
  const { batchId } = await act(author, null, PLAN)
  expect(await ask(author, 'destruction.select', { batchId })).toEqual(ok({ found }))
  await act(author, batchId, SUBMIT)
  await sync(author, leader)
  await act(leader, batchId, REVIEWED)
  await sync(leader, author)
  await act(author, batchId, { name: 'batch.request', args: testRequest(leader.account.id) })
  await sync(author, officer)
  return batchId
}

/** The file of a PC, with the key in hand. */
async function meddle({ account, pc }: Person, sql: string, ...values: string[]): Promise<void> {
  const keyring = expectOk(readKeyring(pc.file('keyring.json')))
  const deviceSecret = pc.service.deviceSecret ?? expect.fail()
  const attempt = {
    login: account.login,
    password: TEST_PASSWORD,
    deviceSecret,
    lease: heldLease(keyring, deviceSecret)
  }
  const { storeKey: key } = expectOk(await unlockAccount({ file: pc.file('keyring.json'), keyring }, attempt))
  const db = expectOk(openStoreDb({ file: pc.file('store.db'), key, create: false }))
  db.write((tx) => ok(tx.run(sql, ...values)))
  db.close()
}

describe('destruction at desks', () => {
  test('is planned from what the centre found, reviewed, asked for and approved without a line, and cools off', async () => {
    const batchId = await requested()
    expect(await view(officer, batchId)).toMatchObject({
      ...{ state: 'requested', listed: 3, toDestroy: 3, wholeCases: 3, isWaiting: false },
      ways: ['batch.approve', 'batch.return', 'batch.abort']
    })
    const page = await officer.pc.service.get('destruction.items', {
      ...{ batchId, filter: { show: 'to_destroy', cause: 'term_over' }, from: 0 }
    })
    expect([page.total, page.items.map((item) => item.case?.state)]).toEqual([3, ['closed', 'closed', 'closed']])
    officer.pc.line = 'cut'
    expect(await approve(officer, batchId, 'wrong')).toEqual(err({ type: 'WrongPassword', attemptsLeft: 4 }))
    expect(await approve(officer, batchId)).toEqual(ok(null))
    expect(await view(officer, batchId)).toMatchObject({ state: 'cooling', isWaiting: true, ways: ['batch.abort'] })
    officer.pc.line = 'open'
    await sync(officer, author)
    expect(await view(author, batchId)).toMatchObject({
      ...{ state: 'cooling', isWaiting: false, coolsUntil: '2030-01-10T15:00:00.000Z' },
      approval: { by: officer.account.id }
    })
    expect(await view(officer, batchId)).toEqual({
      ...(await view(author, batchId)),
      ways: ['batch.abort']
    })
  })

  test('without a line a plan is kept and what is due is asked for later; a list holds each case once', async () => {
    author.pc.line = 'cut'
    const { batchId } = await act(author, null, PLAN)
    const selection = () => ask(author, 'destruction.select', { batchId })
    expect(await selection()).toEqual(err({ type: 'CentreUnreachable' }))
    author.pc.line = 'open'
    expect([await selection(), await selection()]).toEqual([ok({ found: 3 }), ok({ found: 3 })])
    expect(await view(author, batchId)).toMatchObject({ listed: 3, isWaiting: true })
    const list = await author.pc.service.get('destruction.list', {})
    expect(list).toMatchObject([{ id: batchId, toDestroy: 3, ways: ['batch.list', 'batch.submit', 'batch.abort'] }])
  })

  test('once the centre has executed it, each place where something of it lay is shown with what became of it', async () => {
    const batchId = await requested()
    await approve(officer, batchId)
    await sync(officer)
    office.pass(8 * DAY_MS)
    await executeDueBatches(office.centre.centre, (fault) => expect.fail(String(fault)))
    await leader.pc.lock()
    expectOk(await leader.pc.signIn(leader.account))
    await sync(leader)
    const copies = await leader.pc.service.get('destruction.copies', { batchId })
    expect(copies).toMatchObject({ destroyed: 3, left: 0 })
    expect(copies.copies.find(({ place }) => place === 'centre')).toMatchObject({ settled: { how: 'destroyed' } })
    expect(copies.copies.filter(({ place }) => place === 'desk').map(({ settled }) => settled)).toContain(null)
    const { items } = await leader.pc.service.get('destruction.items', {
      ...{ batchId, filter: { show: 'all', cause: null }, from: 0 }
    })
    expect(items.map((item) => item.case)).toEqual([null, null, null])
  })

  test('the paper of the request says what was typed, before it is asked for', async () => {
    const { batchId } = await act(author, null, PLAN)
    await ask(author, 'destruction.select', { batchId })
    const request = testRequest(leader.account.id)
    const paper = await author.pc.service.get('destruction.paper', { batchId, request })
    const cells = paper.parts.flatMap((part) => (part.kind === 'sheet' ? part.rows.flat() : []))
    expect(Object.fromEntries(cells.map(({ label, text }) => [label, text]))).toMatchObject({
      '파기 사유': '보유기간 경과 3건',
      '현재 보관건수': expect.stringMatching(/^3건 /),
      '파기 장소': request.place,
      '승인자\n(개인정보 보호책임자)': '—'
    })
    expect(paper.approvals.map(({ post, signed }) => [post, signed?.name ?? null])).toEqual([
      ['담당', author.account.displayName],
      ['검토', null],
      ['보호책임자', null]
    ])
  })

  test('what a PC had done to a batch and not sent survives the loss of its store', async () => {
    author.pc.line = 'cut'
    await author.pc.register('가하나')
    const { batchId } = await act(author, null, PLAN)
    await author.pc.service.end()
    rmSync(author.pc.file('store.db'))
    author.pc.service.startAgain()
    author.pc.line = 'open'
    await author.pc.view()
    await author.pc.service.get('store.startAfresh', {})
    expectOk(await author.pc.signIn(author.account))
    await sync(author, leader)
    expect(await view(leader, batchId)).toMatchObject({ state: 'selecting', authorId: author.account.id })
    expect(await author.pc.service.get('outbox.list', {})).toEqual([])
  })
})

test('what a PC that is shut out had done to a batch goes over with its capsule, and counts once it is released', async () => {
  author.pc.line = 'cut'
  await author.pc.register('가하나')
  const { batchId } = await act(author, null, PLAN)
  await act(author, batchId, { name: 'batch.abort', args: { reason: '다시 계획' } })
  await office.revoke(author.pc)
  author.pc.line = 'open'
  await author.pc.sync()
  await until(async () => {
    const pc = await author.pc.view()
    return pc.state === 'shut_out' && pc.isHandedOver
  })
  await sync(leader)
  expect(await ask(leader, 'destruction.open', { batchId })).toEqual(err({ type: 'BatchNotFound' }))
  const admin = await office.centre.signIn(office.admin.account)
  const [rescue] = (await admin.call({ method: 'GET', url: '/v1/admin/rescues' })).json().rescues
  expect(rescue).toMatchObject({ parkedFor: 'revoked', commands: 3, applied: 0 })
  await admin.call({ method: 'POST', url: `/v1/admin/rescues/${rescue.id}/release` })
  await sync(leader)
  expect(await view(leader, batchId)).toMatchObject({ state: 'aborted', authorId: author.account.id })
})

describe('attacks', () => {
  test('the author approves her own batch, whatever she tries', async () => {
    const batchId = await requested()
    expect(await approve(author, batchId)).toEqual(err(refused('RoleNotAllowed')))
    const forged = { name: 'batch.approve', args: { digest: '0'.repeat(64), signature: '' } } as unknown as PlainAct
    expect(await refusalOf(author, batchId, forged)).toMatchObject({ type: 'RequestUnreadable' })
    // She is made the privacy officer meanwhile, and signs in as that.
    await office.centre.centre.pool.query(`UPDATE accounts SET role = 'privacy_officer' WHERE id = $1`, [
      author.account.id
    ])
    await author.pc.lock()
    expectOk(await author.pc.signIn(author.account))
    await sync(author)
    expect(await approve(author, batchId)).toEqual(err(refused('OwnWork')))
    await sync(officer)
    expect((await view(officer, batchId)).state).toBe('requested')
  })

  test('nobody gives the acts of another: her role and her part in it are looked at here and at the centre', async () => {
    const batchId = await requested()
    const back: PlainAct = { name: 'batch.return', args: { reason: '다시' } }
    expect(await refusalOf(author, batchId, back)).toEqual(refused('RoleNotAllowed'))
    expect(await refusalOf(leader, batchId, back)).toEqual(refused('RoleNotAllowed'))
    expect(await refusalOf(leader, batchId, { name: 'batch.abort', args: { reason: '그만' } })).toEqual(
      refused('RoleNotAllowed')
    )
    expect(await refusalOf(officer, batchId, SUBMIT)).toEqual(refused('RoleNotAllowed'))
    expect(await approve(leader, batchId)).toEqual(err(refused('RoleNotAllowed')))
    expect(await ask(officer, 'destruction.select', { batchId })).toEqual(err(refused('RoleNotAllowed')))
  })

  test('a list that was changed at the officer’s PC with the key in hand is signed, and not what the centre has', async () => {
    const batchId = await requested()
    await meddle(officer, 'DELETE FROM destruction_items WHERE case_id = (SELECT min(case_id) FROM destruction_items)')
    expect(await approve(officer, batchId)).toEqual(ok(null))
    await sync(officer, leader)
    expect(await officer.pc.service.get('outbox.list', {})).toMatchObject([
      { name: 'batch.approve', status: 'refused', refusal: { type: 'ListChanged' } }
    ])
    expect((await view(leader, batchId)).state).toBe('requested')
  })

  test('a dialog that was open while the list changed approves nothing', async () => {
    const batchId = await requested()
    const digest = (await view(officer, batchId)).digest ?? expect.fail()
    await act(officer, batchId, { name: 'batch.return', args: { reason: '한 건을 빼세요' } })
    const late = await ask(officer, 'destruction.approve', { batchId, digest, password: TEST_PASSWORD })
    expect(late).toMatchObject(err({ type: 'ActRefused', refusal: { type: 'BatchStateWrong' } }))
  })

  test('an approval that is put on another batch is refused there, and the batch waits on', async () => {
    const first = await requested()
    await keepCase(office.centre.centre, plainCase(4))
    await runRetention(office.centre.centre, '11680')
    const second = await requested(1) // what one batch lists no other does
    officer.pc.line = 'cut'
    expect(await approve(officer, first)).toEqual(ok(null))
    await meddle(officer, `UPDATE outbox SET body = replace(body, ?, ?)`, first, second)
    officer.pc.line = 'open'
    await sync(officer, leader)
    expect(await officer.pc.service.get('outbox.list', {})).toMatchObject([
      { status: 'refused', refusal: { type: 'ListChanged' } }
    ])
    expect([(await view(leader, first)).state, (await view(leader, second)).state]).toEqual(['requested', 'requested'])
  })

  test('an officer’s clock that was set back shortens no cooling-off', async () => {
    const batchId = await requested()
    officer.pc.line = 'cut'
    officer.pc.clockAheadMs = -30 * DAY_MS
    expect(await approve(officer, batchId)).toEqual(ok(null))
    officer.pc.line = 'open'
    await sync(officer, leader)
    expect((await view(leader, batchId)).coolsUntil).toBe('2030-01-10T15:00:00.000Z')
  })
})
