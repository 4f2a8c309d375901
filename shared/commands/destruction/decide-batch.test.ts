import { createHash, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Role } from '#shared/domain/account/account.ts'
import { batchDigest, digestText } from '#shared/domain/destruction/batch-digest.ts'
import {
  type BatchItem,
  type DestructionBatch,
  destructionBatchSchema,
  itemsToDestroy
} from '#shared/domain/destruction/destruction-batch.ts'
import { expectOk } from '#shared/foundation/result.ts'
import type { BatchIntent } from './batch-intent.ts'
import { type BatchDeps, decideBatch } from './decide-batch.ts'
import { beginExecution, type ItemFound } from './execute-batch.ts'

const uuid = (n: number): string => `01935a00-0000-7000-8000-${String(n).padStart(12, '0')}`
const [BATCH, OTHER_BATCH] = [uuid(1), uuid(2)]
const PEOPLE = {
  author: { id: uuid(10), role: 'caseworker' },
  colleague: { id: uuid(11), role: 'caseworker' },
  teamLeader: { id: uuid(12), role: 'supervisor' },
  officer: { id: uuid(13), role: 'privacy_officer' },
  administrator: { id: uuid(14), role: 'administrator' }
} as const satisfies Record<string, { id: string; role: Role }>
type Person = keyof typeof PEOPLE
const PERSONS = Object.keys(PEOPLE) as Person[]

const keys = new Map<string, { publicKey: KeyObject; privateKey: KeyObject }>(
  PERSONS.map((who) => [PEOPLE[who].id, generateKeyPairSync('ed25519')])
)
const keyOf = (accountId: string) => {
  const pair = keys.get(accountId)
  if (pair === undefined) throw new Error('nobody has this key')
  return pair
}
const sha256: BatchDeps['sha256'] = (...parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}
const isSignedBy: BatchDeps['isSignedBy'] = (accountId, message, signature) =>
  verify(null, message, keyOf(accountId).publicKey, Buffer.from(signature, 'base64'))

const APPROVED_AT = '2026-11-20T05:00:00.000Z'
const deps = (who: Person, at = APPROVED_AT, districtCode = '11680'): BatchDeps => ({
  actor: { ...PEOPLE[who], districtCode },
  at,
  sha256,
  isSignedBy
})
const act = (who: Person, batch: DestructionBatch | null, intent: BatchIntent, batchId = BATCH) =>
  decideBatch(deps(who), batch, { ...intent, batchId })
const done = (who: Person, batch: DestructionBatch | null, intent: BatchIntent, batchId = BATCH): DestructionBatch =>
  destructionBatchSchema.parse(expectOk(act(who, batch, intent, batchId)))
const refusal = (who: Person, batch: DestructionBatch | null, intent: BatchIntent) => {
  const decided = act(who, batch, intent)
  return decided.ok ? null : decided.error
}

const PLAN: BatchIntent = {
  name: 'batch.plan',
  args: { fileId: 'application', dueUpTo: '2026-11-20', coolingDays: 7, note: '보유기간 경과' }
}
const item = (n: number, over: Partial<BatchItem> = {}): BatchItem => ({
  caseId: uuid(100 + n),
  rev: 3,
  parts: 'case',
  cause: 'term_over',
  dueOn: '2026-10-04',
  recordsUntil: '2026-11-01',
  ...over
})
const list = (...items: BatchItem[]): BatchIntent => ({ name: 'batch.list', args: { items } })
const exclude = (n: number, reason = '이의신청 중'): BatchIntent => ({
  name: 'batch.exclude',
  args: { caseId: uuid(100 + n), reason }
})
const SUBMIT: BatchIntent = { name: 'batch.submit', args: {} }
const REVIEWED: BatchIntent = { name: 'batch.finish_review', args: { reason: '확인' } }
const REQUEST: BatchIntent = {
  name: 'batch.request',
  args: {
    scheduledOn: '2026-12-01',
    place: '서울시 데이터센터',
    witnessId: PEOPLE.colleague.id,
    confirmation: '잔여 검사',
    backups: '열쇠 회전',
    media: '해당 없음'
  }
}
const approvalOf = (batch: DestructionBatch, signer: Person = 'officer'): BatchIntent => {
  const digest = batchDigest({ sha256 }, batch)
  const signature = sign(null, digest, keyOf(PEOPLE[signer].id).privateKey).toString('base64')
  return { name: 'batch.approve', args: { digest: digestText(digest), signature } }
}

const selected = (batchId = BATCH): DestructionBatch =>
  done('author', done('author', null, PLAN, batchId), list(item(1), item(2), item(3)), batchId)
const requested = (batchId = BATCH): DestructionBatch => {
  const reviewing = done('author', selected(batchId), SUBMIT, batchId)
  const reviewed = done('teamLeader', done('teamLeader', reviewing, exclude(2), batchId), REVIEWED, batchId)
  return done('author', reviewed, REQUEST, batchId)
}
const approved = (): DestructionBatch => done('officer', requested(), approvalOf(requested()))
const ALL_LISTED = (): ItemFound => 'listed'
const begin = (batch: DestructionBatch, at: string, find: (caseId: string) => ItemFound = ALL_LISTED) =>
  beginExecution({ sha256, isSignedBy, at, find: ({ caseId }) => find(caseId) }, batch)

describe('a destruction batch', () => {
  test('goes from the plan to the execution by the hands of three people, and tells of each step', () => {
    const batch = expectOk(begin(approved(), '2026-11-28T00:00:00.000Z'))
    expect(itemsToDestroy(batch).map(({ caseId }) => caseId)).toEqual([uuid(101), uuid(103)])
    expect(batch.steps.map(({ act: step, by }) => [step, by])).toEqual([
      ['plan', PEOPLE.author.id],
      ['submit', PEOPLE.author.id],
      ['review', PEOPLE.teamLeader.id],
      ['request', PEOPLE.author.id],
      ['approve', PEOPLE.officer.id],
      ['execute', null]
    ])
    expect(batch.items[1]?.exclusion).toMatchObject({ kind: 'excluded', reason: '이의신청 중' })
  })

  test('takes in only what is due by the day of its plan; a whole case by both clocks, fields by the policy alone', () => {
    const planned = done('author', null, PLAN)
    const late = item(1, { dueOn: '2026-11-21' })
    const record = item(2, { recordsUntil: '2026-11-20' }) // its last day
    for (const recordsUntil of ['open', null] as const) {
      const running = item(3, { recordsUntil })
      expect(refusal('author', planned, list(running))).toEqual({ type: 'ItemNotDue', caseId: running.caseId })
    }
    expect(refusal('author', planned, list(late))).toEqual({ type: 'ItemNotDue', caseId: late.caseId })
    expect(refusal('author', planned, list(record))).toEqual({ type: 'ItemNotDue', caseId: record.caseId })
    const fields = { ...record, parts: ['applicant.email' as const] }
    expect(done('author', planned, list(fields)).items).toEqual([{ ...fields, exclusion: null }])
  })

  test('that was returned is its author’s again, and what a reviewer took out stays out', () => {
    const returned = done('officer', requested(), { name: 'batch.return', args: { reason: '사유 보완' } })
    expect([returned.state, returned.request]).toEqual(['selecting', null])
    const again = done('author', returned, list(item(2, { rev: 4 }), item(4)))
    expect(again.items.map(({ caseId, exclusion }) => [caseId, exclusion?.kind ?? null])).toEqual([
      [uuid(101), null],
      [uuid(102), 'excluded'],
      [uuid(103), null],
      [uuid(104), null]
    ])
  })

  test('is called off by its author or the officer as long as nothing is destroyed, and never goes on', () => {
    const stop: BatchIntent = { name: 'batch.abort', args: { reason: '재검토' } }
    expect(refusal('teamLeader', approved(), stop)).toEqual({ type: 'RoleNotAllowed' })
    expect(refusal('colleague', approved(), stop)).toEqual({ type: 'NotTheAuthor' })
    const aborted = done('author', approved(), stop)
    expect(begin(aborted, '2027-01-01T00:00:00.000Z')).toEqual({ ok: false, error: { type: 'NotApproved' } })
    const executing = expectOk(begin(approved(), '2026-11-28T00:00:00.000Z'))
    expect(refusal('officer', executing, stop)).toEqual({ type: 'BatchStateWrong', state: 'executing' })
  })
})

describe('nobody approves but the officer who had no hand in the list', () => {
  test('the author, a colleague, a supervisor and an administrator are refused by their role', () => {
    for (const who of PERSONS.filter((person) => person !== 'officer')) {
      expect(refusal(who, requested(), approvalOf(requested(), who))).toEqual({ type: 'RoleNotAllowed' })
    }
  })

  test('an officer who had made the list as a caseworker, before she changed her post, is refused as its maker', () => {
    const own = { ...requested(), authorId: PEOPLE.officer.id }
    expect(refusal('officer', own, approvalOf(own))).toEqual({ type: 'OwnWork' })
    const reviewedByHer = {
      ...requested(),
      steps: requested().steps.map((step) => (step.act === 'review' ? { ...step, by: PEOPLE.officer.id } : step))
    }
    expect(refusal('officer', reviewedByHer, approvalOf(reviewedByHer))).toEqual({ type: 'OwnWork' })
  })

  test('the author reviews nothing of her own list, and nobody else submits or requests it', () => {
    const reviewing = done('author', selected(), SUBMIT)
    expect(refusal('author', reviewing, exclude(1))).toEqual({ type: 'OwnWork' })
    expect(refusal('author', reviewing, REVIEWED)).toEqual({ type: 'OwnWork' })
    expect(refusal('colleague', selected(), SUBMIT)).toEqual({ type: 'NotTheAuthor' })
    const reviewed = done('colleague', reviewing, REVIEWED)
    expect(refusal('colleague', reviewed, REQUEST)).toEqual({ type: 'NotTheAuthor' })
    expect(refusal('officer', reviewing, exclude(1))).toEqual({ type: 'RoleNotAllowed' })
  })

  test('a batch of another district is none', () => {
    const elsewhere = decideBatch(deps('officer', APPROVED_AT, '11440'), requested(), {
      ...approvalOf(requested()),
      batchId: BATCH
    })
    expect(elsewhere).toEqual({ ok: false, error: { type: 'BatchNotFound' } })
  })
})

describe('an approval holds for the exact list and for nothing else', () => {
  const tampered: Array<[string, (batch: DestructionBatch) => DestructionBatch]> = [
    ['one item more', (batch) => ({ ...batch, items: [...batch.items, { ...item(9), exclusion: null }] })],
    ['one item less', (batch) => ({ ...batch, items: batch.items.slice(1) })],
    [
      'an excluded item taken in',
      (batch) => ({ ...batch, items: batch.items.map((one) => ({ ...one, exclusion: null })) })
    ],
    ['another revision', (batch) => ({ ...batch, items: batch.items.map((one) => ({ ...one, rev: one.rev + 1 })) })],
    [
      'a whole case instead of a field',
      (batch) => ({
        ...batch,
        items: batch.items.map((one) => ({ ...one, parts: ['applicant.email' as const] }))
      })
    ],
    ['a shorter cooling-off', (batch) => ({ ...batch, plan: { ...batch.plan, coolingDays: 1 } })],
    [
      'another witness',
      (batch) => ({
        ...batch,
        request: batch.request === null ? null : { ...batch.request, witnessId: PEOPLE.author.id }
      })
    ]
  ]

  test.each(tampered)('%s: refused at the approval, and at the execution', (_what, change) => {
    const intent = approvalOf(requested())
    expect(refusal('officer', change(requested()), intent)).toEqual({ type: 'ListChanged' })
    expect(begin(change(approved()), '2027-01-01T00:00:00.000Z')).toEqual({ ok: false, error: { type: 'ListChanged' } })
  })

  test('it does not fit another batch with the same list', () => {
    expect(refusal('officer', requested(OTHER_BATCH), approvalOf(requested()))).toEqual({ type: 'ListChanged' })
  })

  test('the order in which items were listed makes no other list', () => {
    const batch = requested()
    const turned = { ...batch, items: batch.items.toReversed() }
    expect(batchDigest({ sha256 }, turned)).toEqual(batchDigest({ sha256 }, batch))
  })

  test('a signature of another key is none, at the approval and at the execution', () => {
    expect(refusal('officer', requested(), approvalOf(requested(), 'author'))).toEqual({ type: 'SignatureInvalid' })
    const batch = approved()
    const forged = approvalOf(requested(), 'author')
    if (forged.name !== 'batch.approve' || batch.approval === null) throw new Error('no approval')
    const swapped = { ...batch, approval: { ...batch.approval, signature: forged.args.signature } }
    expect(begin(swapped, '2027-01-01T00:00:00.000Z')).toEqual({ ok: false, error: { type: 'SignatureInvalid' } })
  })
})

describe('the cooling-off', () => {
  test('is whole days of Korea after the day of the approval', () => {
    const until = '2026-11-27T15:00:00.000Z'
    expect(approved().coolsUntil).toBe(until)
    expect(begin(approved(), '2026-11-27T14:59:59.999Z')).toEqual({ ok: false, error: { type: 'StillCooling', until } })
    expect(begin(approved(), until).ok).toBe(true)
  })

  test('lasts until everything in the list is due, when it was approved long before', () => {
    const early = { ...requested(), plan: { ...requested().plan, dueUpTo: '2026-12-31' } }
    expect(done('officer', early, approvalOf(early)).coolsUntil).toBe('2026-12-30T15:00:00.000Z')
  })

  test('is not skipped by a second approval: an approved batch takes none', () => {
    expect(refusal('officer', approved(), approvalOf(requested()))).toEqual({
      type: 'BatchStateWrong',
      state: 'cooling'
    })
  })

  test('starts anew after a return, whatever had been approved before', () => {
    const returned = { ...approved(), state: 'requested' as const }
    const again = done('officer', returned, { name: 'batch.return', args: { reason: '변경' } })
    expect(begin(again, '2027-01-01T00:00:00.000Z')).toEqual({ ok: false, error: { type: 'NotApproved' } })
  })
})

test('what changed, is held, is disputed or is gone since the approval drops out with a note; a retry changes nothing', () => {
  const found: Record<string, ItemFound> = { [uuid(101)]: 'held', [uuid(103)]: 'listed' }
  const executing = expectOk(begin(approved(), '2026-11-28T00:00:00.000Z', (caseId) => found[caseId] ?? 'changed'))
  expect(executing.items.map(({ exclusion }) => exclusion)).toMatchObject([
    { kind: 'dropped', cause: 'held' },
    { kind: 'excluded' },
    null
  ])
  expect(itemsToDestroy(executing).map(({ caseId }) => caseId)).toEqual([uuid(103)])
  expect(begin(executing, '2026-11-29T00:00:00.000Z', () => 'gone')).toEqual({ ok: true, value: executing })
})

test('whoever does whatever in whatever order, nothing is executed but what an officer signed and let cool', () => {
  const intents = fc.oneof(
    fc.constantFrom<BatchIntent>(PLAN, SUBMIT, REVIEWED, REQUEST),
    fc.integer({ min: 1, max: 5 }).map((n) => list(item(n))),
    fc.integer({ min: 1, max: 5 }).map((n) => exclude(n)),
    fc
      .integer({ min: 1, max: 5 })
      .map((n): BatchIntent => ({ name: 'batch.include', args: { caseId: uuid(100 + n) } })),
    fc.constantFrom<BatchIntent>(
      { name: 'batch.return', args: { reason: '보완' } },
      { name: 'batch.abort', args: { reason: '중단' } }
    ),
    fc.constant('approve' as const)
  )
  const acts = fc.array(fc.record({ who: fc.constantFrom(...PERSONS), intent: intents, hours: fc.nat(400) }), {
    maxLength: 60
  })
  const begunWith = fc.constantFrom(null, selected(), requested(), approved())
  let executed = 0
  fc.assert(
    fc.property(begunWith, acts, (start, steps) => {
      let batch: DestructionBatch | null = start
      let now = Date.parse(APPROVED_AT)
      for (const { who, intent, hours } of steps) {
        now += hours * 3_600_000
        const at = new Date(now).toISOString()
        const command = intent === 'approve' ? (batch === null ? PLAN : approvalOf(batch, who)) : intent
        const decided = decideBatch(deps(who, at), batch, { ...command, batchId: BATCH })
        if (decided.ok) batch = decided.value
        if (batch === null) continue
        const begun = begin(batch, at)
        if (!begun.ok) continue
        executed += 1
        const { approval, coolsUntil, authorId } = batch
        expect(approval?.by).toBe(PEOPLE.officer.id)
        expect(authorId).not.toBe(approval?.by)
        expect(Date.parse(at)).toBeGreaterThanOrEqual(Date.parse(coolsUntil ?? ''))
        expect(digestText(batchDigest({ sha256 }, begun.value))).toBe(approval?.digest)
        return
      }
    }),
    { numRuns: 300 }
  )
  expect(executed).toBeGreaterThan(0)
})
