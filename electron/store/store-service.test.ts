import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as newUuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Account } from '#shared/domain/account/account.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { CHUNK_BYTES } from '#shared/domain/document/case-document.ts'
import { err, expectOk, ok } from '#shared/foundation/result.ts'
import { CONTRACT, type MethodName, type RequestOf } from '#shared/ipc/contract.ts'
import { verifyChain } from './access-log/access-log.ts'
import { openStoreDb } from './db/database.ts'
import { unlockAccount } from './keys/keyring.ts'
import { readKeyring } from './keys/keyring-file.ts'
import { heldLease } from './keys/lease-layer.ts'
import { nodeCipher } from './keys/node-crypto.ts'
import { type LoopbackCentre, startLoopbackCentre } from './testing/loopback-centre.ts'
import { filesWithPlaintext, needlesOf } from './testing/plaintext-watch.ts'
import { TestService } from './testing/test-service.ts'

const NOW = '2026-11-23T02:00:00.000Z'
const gangnam: Account = {
  id: newUuid(),
  login: 'gangnam1',
  displayName: '담당자',
  department: '복지정책과',
  role: 'caseworker',
  districtCode: '11680'
}
let centre: LoopbackCentre
let pc: TestService

beforeEach(async () => {
  centre = await startLoopbackCentre({ centreId: newUuid(), now: () => NOW })
  centre.addAccount(gangnam, 'password-1')
  pc = new TestService({ now: () => NOW })
})
afterEach(async () => {
  await pc.remove()
  await centre.stop()
  expect(pc.faults).toEqual([])
})

const ask = <M extends MethodName>(method: M, request: RequestOf<M>) => pc.ask(method, request)
const signIn = () => ask('session.signIn', { serverUrl: centre.url, login: 'gangnam1', password: 'password-1' })
const unlock = () => ask('session.unlock', { login: 'gangnam1', password: 'password-1' })
const value = async (reply: ReturnType<TestService['ask']>): Promise<unknown> => {
  const answer = await reply
  if (!answer.ok) throw new Error(`refused: ${answer.error.type}`)
  return answer.value
}
const GRANT = {
  terms: { startsOn: '2026-11-23', endsOn: null, edits: null, reveals: null },
  grounds: { reason: '인사발령에 따름', approverId: newUuid(), document: '가족정책과-1234' }
}
const ALL = { service: null, state: null, dongCode: null, dueUntil: null, mineOnly: false }
const list = () =>
  ask('case.list', { filter: ALL, sort: { column: 'appliedOn', descending: true }, from: { at: 'first' } })
const register = (draftId: string | null = null) =>
  ask('command.run', { caseId: null, base: {}, draftId, intent: { name: 'case.register', args: sampleIntake() } })

/** The whole access log, read with the key as the store has it. */
async function loggedActs(): Promise<string[]> {
  const folder = join(pc.dataDir, 'stores', '11680')
  const place = { file: join(folder, 'keyring.json'), keyring: expectOk(readKeyring(join(folder, 'keyring.json'))) }
  const deviceSecret = pc.deviceSecret ?? new Uint8Array()
  const lease = heldLease(place.keyring, deviceSecret)
  const attempt = { login: 'gangnam1', password: 'password-1', lease, deviceSecret }
  const { storeKey } = expectOk(await unlockAccount(place, attempt))
  const db = expectOk(openStoreDb({ file: join(folder, 'store.db'), key: storeKey, create: false }))
  const bodies = db.all<{ body: string }>('SELECT body FROM access_log ORDER BY no').map(({ body }) => JSON.parse(body))
  expect(verifyChain(db, nodeCipher).ok).toBe(true)
  db.close()
  return bodies.map(({ act, caseIds, reason }) => [act, caseIds.length || '', reason ?? ''].join(' ').trim())
}

const REPORT: RequestOf<'report.start'>['order'] = {
  ...{ id: newUuid(), kind: 'grants', from: '2026-11-01', to: '2026-11-23', scope: { type: 'district' } },
  ...{ purpose: '정기 점검', format: 'xlsx', deleteBy: '2027-11-23' }
}
/** A request that each method takes, so that every one is asked. */
const REQUESTS: { [M in MethodName]: RequestOf<M> } = {
  'app.info': {},
  'session.current': {},
  'session.signIn': { serverUrl: 'https://127.0.0.1:1', login: 'nobody', password: 'x' },
  'session.unlock': { login: 'nobody', password: 'x' },
  'session.lock': { cause: 'asked' },
  'session.touch': {},
  'store.startAfresh': {},
  'case.list': { filter: ALL, sort: { column: 'dueOn', descending: false }, from: { at: 'first' } },
  'case.search': { text: 'ㄱㅁㅅ', limit: 10 },
  'case.open': { caseId: newUuid() },
  'case.preview': { caseId: newUuid() },
  'case.unmask': { caseId: newUuid(), field: 'applicant.account', index: 0, reason: '지급 확인' },
  'case.copyList': { filter: ALL, sort: { column: 'dueOn', descending: false }, purpose: '주간 보고' },
  'case.today': { today: '2026-11-23' },
  'command.run': { caseId: null, base: {}, draftId: null, intent: { name: 'case.register', args: sampleIntake() } },
  'document.list': { caseId: newUuid() },
  'document.attach': { caseId: newUuid(), title: 'bankbook', content: Buffer.from('%PDF-1.7') },
  'document.cancel': { caseId: newUuid(), documentId: newUuid() },
  'document.retry': { caseId: newUuid(), documentId: newUuid() },
  'document.fetch': { caseId: newUuid(), documentId: newUuid() },
  'document.content': { caseId: newUuid(), documentId: newUuid(), purpose: '결재 첨부' },
  'outbox.list': {},
  'outbox.details': { commandId: newUuid() },
  'outbox.correct': { commandId: newUuid() },
  'outbox.discard': { commandId: newUuid() },
  'conflict.list': {},
  'conflict.open': { caseId: newUuid(), conflictId: 'x' },
  'conflict.unmask': { caseId: newUuid(), conflictId: 'x', side: 'mine', reason: '통화로 확인' },
  'quarantine.list': {},
  'quarantine.destroy': { commandId: newUuid(), caseId: newUuid(), reason: '보관할 까닭 없음' },
  'report.start': { placeId: newUuid(), order: REPORT, password: 'x', filePassword: null },
  'report.job': {},
  'report.cancel': {},
  'report.list': { before: null, due: true },
  'report.noteDeleted': { reportId: newUuid(), how: '파일 삭제' },
  'destruction.list': {},
  'destruction.open': { batchId: newUuid() },
  'destruction.items': { batchId: newUuid(), filter: { show: 'all', cause: null }, from: 0 },
  'destruction.act': { batchId: newUuid(), act: { name: 'batch.submit', args: {} } },
  'destruction.select': { batchId: newUuid() },
  'destruction.approve': { batchId: newUuid(), digest: '0'.repeat(64), password: 'x' },
  'destruction.copies': { batchId: newUuid() },
  'destruction.paper': { batchId: newUuid(), request: null },
  'paper.give': { paper: { kind: 'destruction_register' }, purpose: '감사 제출', password: null },
  'handedOver.list': {},
  'handedOver.take': { commandId: newUuid(), caseId: newUuid() },
  'handedOver.drop': { commandId: newUuid(), caseId: newUuid(), reason: '이미 반영됨' },
  'accessLog.lines': {
    ...{ from: '2026-11-01', to: '2026-11-23', accountId: null, deviceId: null, act: null, caseId: null, before: null }
  },
  'accessLog.pcs': {},
  'accessLog.reviews': {},
  'accessLog.signReview': { month: '2026-10', remark: '이상 없음 확인' },
  'retention.overview': {},
  'consents.tally': {},
  'provision.runs': {},
  'provision.lines': { runId: newUuid(), after: 0 },
  'provision.ofCase': { caseId: newUuid() },
  'provision.preview': { recipientId: 'bgfRetail' },
  'provision.give': {
    runId: newUuid(),
    request: {
      ...{ recipientId: 'bgfRetail', policyVersion: '2024-01-25', purpose: '쿠폰 발행', document: '가족-1' },
      agreementEndsOn: null
    },
    digest: '0'.repeat(64)
  },
  'provision.write': { runId: newUuid() },
  'provision.act': { runId: newUuid(), act: { name: 'provision.destroy_file', args: {} } },
  'draft.list': {},
  'draft.load': { id: newUuid() },
  'draft.save': { id: newUuid(), kind: 'intake', caseId: null, title: '', body: {} },
  'draft.discard': { id: newUuid() },
  'staff.names': {},
  'sync.status': {},
  'sync.now': {},
  ...{ 'sync.pauseDownload': {}, 'sync.resumeDownload': {} },
  'policy.versions': {},
  'settings.get': {},
  'settings.set': {},
  'office.devices': {},
  'office.revokeDevice': { deviceId: newUuid() },
  'office.wipeDevice': { deviceId: newUuid() },
  'office.openCodes': {},
  'office.issueCode': { note: '민원실 3번 창구' },
  'office.withdrawCode': { codeId: newUuid() },
  'office.leaseTerms': {},
  'office.setLeaseTerms': { leaseHours: 168, graceHours: 168 },
  'office.loads': {},
  'office.rescues': {},
  'office.bringCapsule': { bytes: new Uint8Array(8) },
  'office.releaseRescue': { rescueId: newUuid() },
  'office.openCopies': {},
  'office.writeOffCopy': { batchId: newUuid(), place: 'desk', ref: newUuid(), reason: '분실 신고됨' },
  'office.restoreGate': {},
  'office.openGate': { reason: '남은 PC는 폐기됨' },
  'office.accounts': {},
  'office.createAccount': {
    login: 'new.comer',
    displayName: '새담당',
    department: '가족정책과',
    role: 'caseworker',
    password: 'First-day-2026!',
    grant: GRANT
  },
  'office.unlockAccount': { accountId: newUuid() },
  'office.setPassword': { accountId: newUuid(), password: 'Another-day-1!' },
  'office.changeGrant': { accountId: newUuid(), ...GRANT },
  'office.revokeGrant': { accountId: newUuid(), grounds: GRANT.grounds },
  'office.grants': { before: null }
}
const isOffice = (name: string): boolean => name.startsWith('office.')
const WITHOUT_STORE: readonly MethodName[] = [
  'app.info',
  'session.current',
  'session.signIn',
  'session.unlock',
  'session.lock',
  'store.startAfresh',
  'policy.versions',
  'settings.get',
  'settings.set'
]

describe('a locked desk', () => {
  test('answers everything that needs the store with Locked, and nothing else', async () => {
    const locked: string[] = []
    for (const method of Object.keys(CONTRACT) as MethodName[]) {
      const answer = await pc.ask(method, REQUESTS[method])
      if (!answer.ok && answer.error.type === 'Locked') locked.push(method)
    }
    expect(locked.sort()).toEqual(
      Object.keys(CONTRACT)
        .filter((name) => !isOffice(name) && !WITHOUT_STORE.includes(name as MethodName))
        .sort()
    )
  })

  test('asks the centre nothing in the name of an administrator who is not there', async () => {
    const names = (Object.keys(CONTRACT) as MethodName[]).filter(isOffice)
    const answers = await Promise.all(names.map((name) => pc.ask(name, REQUESTS[name])))
    expect(answers).toEqual(names.map(() => err({ type: 'NotAdministering' })))
  })

  test('shows settings, the policy and where to sign in', async () => {
    expect(await ask('settings.get', {})).toEqual(ok({ locale: 'ko', contrast: 'light', locksAfterMinutes: 10 }))
    expect(await ask('app.info', {})).toEqual(
      ok({ version: '0.1.0', electron: '', node: process.versions.node, serverUrl: null, demo: false })
    )
    expect(await value(ask('policy.versions', {}))).toMatchObject([{ id: '2024-01-25' }])
  })
})

test('a runtime whose cryptography computes wrongly makes no store and opens none', async () => {
  const cipherProved = Promise.reject(new Error('computes wrongly'))
  cipherProved.catch(() => undefined)
  const wrong = new TestService({ now: () => NOW, cipherProved })
  const answer = await wrong.ask('session.signIn', { serverUrl: centre.url, login: 'gangnam1', password: 'password-1' })
  expect(answer).toMatchObject({ ok: false, error: { type: 'StoreFault' } })
  expect([existsSync(join(wrong.dataDir, 'stores')), centre.asked]).toEqual([false, []])
  await wrong.remove()
})

describe('an open desk', () => {
  beforeEach(async () => {
    expect(await signIn()).toMatchObject({ ok: true, value: { state: 'unlocked' } })
  })

  test('takes in a case without the centre, shows it, finds it, and keeps it over lock and restart', async () => {
    const taken = await value(register())
    expect(await value(list())).toMatchObject({ total: 1, rows: [{ waiting: true }] })
    const { applicant } = sampleIntake()
    expect(await value(ask('case.search', { text: applicant.name, limit: 10 }))).toMatchObject({ total: 1 })
    expect(await value(ask('sync.status', {}))).toMatchObject({ waiting: 1 })
    await pc.restart()
    expect(await list()).toEqual(err({ type: 'Locked' }))
    expect(await unlock()).toMatchObject({ ok: true })
    expect(await value(list())).toMatchObject({ total: 1, rows: [{ id: (taken as { caseId: string }).caseId }] })
    expect(await value(ask('outbox.list', {}))).toMatchObject([{ name: 'case.register', status: 'waiting' }])
  })

  test('tells every window of a change, a lock and an unlock', async () => {
    pc.events.length = 0
    const { caseId } = (await value(register())) as { caseId: string }
    await ask('session.lock', { cause: 'asked' })
    await unlock()
    const told = pc.events.filter(({ event }) => event !== 'syncChanged')
    expect(told).toMatchObject([
      { event: 'casesChanged', caseIds: [caseId] },
      { event: 'sessionChanged', session: { state: 'locked', cause: 'asked' } },
      { event: 'sessionChanged', session: { state: 'unlocked' } }
    ])
  })

  test('writes down who saw what: sign-in, list, search, view, unmasking, copy, lock, unlock', async () => {
    const { caseId } = (await value(register())) as { caseId: string }
    await list()
    for (const text of ['ㄱ', 'ㄱㅎ']) await ask('case.search', { text, limit: 10 })
    await ask('case.open', { caseId })
    await ask('case.unmask', { caseId, field: 'applicant.registrationNo', index: 0, reason: '신분 확인' })
    await ask('case.copyList', { ...REQUESTS['case.copyList'], purpose: '주간 보고' })
    await ask('session.lock', { cause: 'asked' })
    await unlock()
    await pc.end()
    expect(await loggedActs()).toEqual([
      'sign_in',
      'register 1',
      `list 1`,
      'search 1',
      'view 1',
      'unmask 1 신분 확인',
      'copy 1 주간 보고',
      'lock',
      'unlock',
      'lock'
    ])
  })

  test('copies the list as rows for a spreadsheet', async () => {
    await register()
    const copied = await value(ask('case.copyList', { ...REQUESTS['case.copyList'], purpose: '주간 보고' }))
    const { text, rows } = copied as { text: string; rows: number }
    expect([rows, text.split('\r\n').length]).toEqual([1, 3])
    expect(text.split('\r\n')[0]).toBe('접수번호\t신청자\t서비스\t동\t상태\t신청일\t처리기한')
    expect(text).toContain(sampleIntake().applicant.name)
  })

  test('keeps a draft until the intake made from it is taken in', async () => {
    const id = newUuid()
    await ask('draft.save', { id, kind: 'intake', caseId: null, title: '김하늘', body: { step: 2 } })
    await pc.restart()
    await unlock()
    expect(await value(ask('draft.load', { id }))).toEqual({ body: { step: 2 } })
    await register(id)
    expect(await value(ask('draft.list', {}))).toEqual([])
  })

  test('locks after the time that was set', async () => {
    await ask('settings.set', { locksAfterMinutes: 3 })
    expect(await value(ask('session.current', {}))).toMatchObject({ locksAfterMinutes: 3 })
    expect(await value(ask('app.info', {}))).toMatchObject({ serverUrl: centre.url })
  })

  test('is locked in the middle of taking a file in: nothing was attached, and the person is told that it is locked', async () => {
    const registered = (await value(register())) as { caseId: string }
    const content = new Uint8Array(5 * CHUNK_BYTES)
    content.set(Buffer.from('%PDF-1.7'))
    const attaching = ask('document.attach', { caseId: registered.caseId, title: 'bankbook', content })
    await ask('session.lock', { cause: 'asked' })
    expect(await attaching).toEqual(err({ type: 'Locked' }))
    await unlock()
    expect(await ask('document.list', { caseId: registered.caseId })).toEqual(ok([]))
  })

  test('leaves nothing readable on the disk, open or closed', async () => {
    await register()
    await ask('draft.save', {
      id: newUuid(),
      kind: 'intake',
      caseId: null,
      title: '김하늘별',
      body: { name: '김하늘별' }
    })
    const { applicant } = sampleIntake()
    const needles = needlesOf([applicant.name, applicant.phone, '김하늘별', `token-of-${gangnam.id}`])
    expect(filesWithPlaintext(pc.dataDir, needles)).toEqual([])
    await pc.end()
    expect(filesWithPlaintext(pc.dataDir, needles)).toEqual([])
  })
})

describe('unsent work survives a store that is lost', () => {
  const breakings: Array<[string, () => void | Promise<void>]> = [
    ['the store file is gone', () => rmSync(join(pc.dataDir, 'stores', '11680', 'store.db'))],
    ['the keyring is gone', () => rmSync(join(pc.dataDir, 'stores', '11680', 'keyring.json'))],
    [
      'the OS vault lost the secret of the PC',
      () => {
        pc.deviceSecret = null
      }
    ]
  ]
  test.each(breakings)('%s', async (_what, destroy) => {
    await signIn()
    const { caseId } = (await value(register())) as { caseId: string }
    await ask('command.run', {
      caseId,
      base: {},
      draftId: null,
      intent: { name: 'case.move', args: { to: 'investigating', reason: '조사 시작' } }
    })
    const before = await value(ask('outbox.list', {}))
    const deviceIds = new Set(centre.asked.map(({ deviceId }) => deviceId))
    await pc.end()
    await destroy()
    pc.startAgain()
    expect(await value(ask('session.current', {}))).toMatchObject({ state: 'broken', rescuable: 2 })
    expect(await ask('store.startAfresh', {})).toEqual(ok({ state: 'first_run', erased: null }))
    expect(await signIn()).toMatchObject({ ok: true })
    expect(await value(ask('outbox.list', {}))).toEqual(before)
    expect(await value(list())).toMatchObject({
      total: 1,
      rows: [{ id: caseId, state: 'investigating', waiting: true }]
    })
    expect(new Set(centre.asked.map(({ deviceId }) => deviceId))).toEqual(deviceIds)
    expect(readdirSync(join(pc.dataDir, 'rescue'))).toHaveLength(1)
    // the next command goes on counting where the lost store had stopped
    await register()
    const numbers = ((await value(ask('outbox.list', {}))) as Array<{ deviceSeq: number }>).map(
      ({ deviceSeq }) => deviceSeq
    )
    expect(numbers).toEqual([1, 2, 3])
    await pc.restart()
    await unlock()
    expect(await value(ask('outbox.list', {}))).toHaveLength(3)
  })
})
