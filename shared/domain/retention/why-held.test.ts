import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Case } from '#shared/domain/case/case.ts'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { HELD_POLICIES } from '#shared/domain/demo/held-policies.ts'
import { err, expectOk } from '#shared/foundation/result.ts'
import { heldItems } from './held-items.ts'
import type { Hold } from './hold.ts'
import { partState, wholeDeadline } from './part-state.ts'
import type { Provided, RetentionFacts } from './retention-facts.ts'
import { whyHeld } from './why-held.ts'

/** A case applied for on 2024-02-29, closed on 2024-06-03 in Korea, with both optional items and the consents to them. */
function closedCase(): Case {
  const { case: made } = createCaseGenerator({
    seed: 3,
    districtCodes: ['11680'],
    today: '2026-11-26',
    count: 1
  })(0)
  const by = '00000000-0000-4000-8000-000000000001'
  return {
    ...made,
    appliedOn: '2024-02-29',
    state: 'closed',
    applicant: { ...made.applicant, email: 'kim@example.kr', contactPhone: '01000001234' },
    children: [{ name: '김하늘', registrationNo: null, birthDate: '2023-03-01', sex: 'female' }],
    helpers: [],
    household: [],
    consents: [consent('collect.email', true), consent('collect.contactPhone', true)],
    history: [
      { state: 'received', at: '2024-02-29T01:00:00.000Z', by, reason: '' },
      { state: 'closed', at: '2024-06-02T15:00:00.000Z', by, reason: '지원 종료' }
    ],
    conflicts: [],
    edits: [],
    holds: [],
    documents: []
  }
}

const consent = (
  consentId: string,
  given: boolean,
  answeredAt = '2024-02-29T01:00:00.000Z'
): Case['consents'][number] => ({
  ...{ noticeHash: null, representative: null, handler: null, evidence: '', reason: '', closes: [] },
  consentId,
  policyVersion: '2024-01-25',
  given,
  method: 'written' as const,
  answeredAt
})

const factsOf = (subject: Case, more: Partial<RetentionFacts> = {}): RetentionFacts => ({
  subject,
  provided: [],
  unconfirmed: [],
  recordYears: 5,
  ...more
})

const audit = (changes: Partial<Hold> = {}): Hold => ({
  id: '00000000-0000-4000-8000-0000000000a1',
  kind: 'audit',
  basis: '공공감사에 관한 법률 제20조',
  placedBy: '00000000-0000-4000-8000-000000000002',
  placedAt: '2025-01-02T01:00:00.000Z',
  reason: '2025년 자체감사',
  endsOn: null,
  release: null,
  ...changes
})

const goes = (keptUntil: string, destroyBy: string) => ({ keptUntil, destroyBy })

/** Every item that an applicant's part can hold. */
const fullApplicant = (): Case['applicant'] => ({
  ...closedCase().applicant,
  loginId: 'haneul7',
  income: { householdSize: 3, monthlyWon: 4_200_000 },
  account: null
})

const partsOf = (facts: RetentionFacts) => expectOk(whyHeld(HELD_POLICIES, facts))
const summary = (facts: RetentionFacts) =>
  partsOf(facts).map(({ place, group, items, term, recordsUntil, deadline }) => ({
    place: place === 'office' ? place : place.recipientId,
    group: group.id,
    items: items.length,
    cause: term.cause,
    until: term.until,
    recordsUntil,
    deadline
  }))

const optional = (facts: RetentionFacts) => summary(facts).filter(({ group }) => group === 'application.optional')

describe('whyHeld', () => {
  it('answers for each group on what basis, since when, until when by both clocks, and when it goes', () => {
    const byBoth = {
      place: 'office',
      cause: 'term_over',
      until: '2029-02-28',
      recordsUntil: '2029-12-31',
      deadline: { keptUntil: '2029-12-31', destroyBy: '2030-01-05' }
    }
    const parts = summary(factsOf({ ...closedCase(), applicant: fullApplicant() }))
    expect(parts).toEqual([
      { ...byBoth, group: 'application.applicant', items: 5 },
      { ...byBoth, group: 'application.applicant', items: 1 },
      { ...byBoth, group: 'application.optional', items: 2 },
      { ...byBoth, group: 'application.child', items: 3 }
    ])
  })

  it('rests the registration number on its own article and the optional items on the consent', () => {
    const bases = partsOf(factsOf({ ...closedCase(), applicant: fullApplicant() })).map((part) => part.bases.at(0)?.id)
    expect(bases).toEqual(['benefitsAct7', 'benefitsDecree28', 'consent', 'benefitsAct7'])
  })

  it('keeps an open case, and one that was opened again, until it is closed', () => {
    const closed = closedCase()
    const [received] = closed.history
    const again = received ? [...closed.history, { ...received, state: 'appealed' as const }] : []
    const facts = factsOf({ ...closed, state: 'appealed', history: again })
    const parts = partsOf(facts)
    expect(parts.map(({ recordsUntil, deadline }) => [recordsUntil, deadline])).toEqual(parts.map(() => ['open', null]))
    expect(wholeDeadline(parts)).toBeNull()
  })

  it('lists what a withdrawn consent allowed five days from the withdrawal, whatever the record term says', () => {
    const answered = closedCase()
    const consents = [...answered.consents, consent('collect.email', false, '2025-05-05T15:30:00.000Z')]
    expect(optional(factsOf({ ...answered, consents }))).toMatchObject([
      {
        items: 1,
        cause: 'consent_withdrawn',
        until: '2025-05-06',
        recordsUntil: null,
        deadline: goes('2025-05-06', '2025-05-11')
      },
      { items: 1, cause: 'term_over', until: '2029-02-28' }
    ])
  })

  it('never needed an optional item that nobody consented to', () => {
    expect(optional(factsOf({ ...closedCase(), consents: [] }))).toMatchObject([
      { items: 2, cause: 'consent_withdrawn', deadline: goes('2024-02-29', '2024-03-05') }
    ])
  })

  it('finds what a conflict still holds of a field that was emptied', () => {
    const closed = closedCase()
    const applicant = { ...closed.applicant, email: null, contactPhone: null }
    const by = '00000000-0000-4000-8000-000000000001'
    const value = { value: 'kim@example.kr', by, at: '2024-03-01T00:00:00.000Z', reason: '' }
    const conflict = {
      id: 'c',
      field: 'applicant.email' as const,
      theirs: { ...value, value: null },
      mine: { ...value, commandId: by },
      openedAt: value.at,
      rev: 2
    }
    expect(optional(factsOf({ ...closed, applicant }))).toEqual([])
    expect(optional(factsOf({ ...closed, applicant, conflicts: [conflict] }))).toMatchObject([{ items: 1 }])
  })

  it('destroys what no legal representative confirmed on the fifth day after it was collected', () => {
    const unconfirmed = [{ items: ['application.child.name' as const], collectedOn: '2024-02-29' }]
    const child = partsOf(factsOf(closedCase(), { unconfirmed })).filter(
      ({ term }) => term.cause === 'guardian_unconfirmed'
    )
    expect(child).toMatchObject([{ items: ['application.child.name'], deadline: goes('2024-03-04', '2024-03-05') }])
    const states = ['2024-03-04', '2024-03-05', '2024-03-06'].map((on) => child.map((part) => partState(part, on)))
    expect(states).toEqual([['kept'], ['due'], ['overdue']])
  })

  it('judges by the version of the day of application, and by no other', () => {
    const early = factsOf({ ...closedCase(), appliedOn: '2024-01-03' })
    expect(whyHeld(HELD_POLICIES, early)).toEqual(
      err({ type: 'PolicyTextNotHeld', date: '2024-01-03', effectiveFrom: '2024-01-01', effectiveUntil: '2024-01-24' })
    )
  })
})

describe('what a recipient was given', () => {
  const coupon: Provided = {
    provisionId: 'mealCoupon',
    recipientId: 'bgfRetail',
    items: ['application.applicant.name', 'application.applicant.phone'],
    on: '2024-08-31',
    agreementEndedOn: null
  }
  const care = { ...coupon, provisionId: 'privateChildcare', recipientId: 'privateChildcareProvider' }
  const atRecipients = (provided: Provided[], consents = closedCase().consents) =>
    summary(factsOf({ ...closedCase(), consents }, { provided })).filter(({ place }) => place !== 'office')

  it('goes six months after the provision for the coupons', () => {
    expect(atRecipients([coupon])).toMatchObject([
      { place: 'bgfRetail', items: 2, recordsUntil: null, deadline: goes('2025-02-28', '2025-03-05') }
    ])
  })

  it('goes with the agreement for the care companies, which has no end yet', () => {
    expect(atRecipients([care])).toMatchObject([{ until: null, deadline: null }])
    expect(atRecipients([{ ...care, agreementEndedOn: '2025-12-31' }])).toMatchObject([
      { deadline: goes('2025-12-31', '2026-01-05') }
    ])
  })

  it('goes five days after the consent to that recipient was withdrawn, and stays with the other', () => {
    const no = [consent('provide.bgfRetail', false, '2024-09-10T03:00:00.000Z')]
    const parts = atRecipients([coupon, { ...coupon, recipientId: 'oasisMarket' }], no)
    expect(parts.map(({ cause, deadline }) => [cause, deadline])).toEqual([
      ['consent_withdrawn', goes('2024-09-10', '2024-09-15')],
      ['term_over', goes('2025-02-28', '2025-03-05')]
    ])
  })

  it('is refused an answer for a provision that the version does not name', () => {
    const provided = [{ ...coupon, recipientId: 'nobody' }]
    expect(whyHeld(HELD_POLICIES, factsOf(closedCase(), { provided }))).toEqual(
      err({ type: 'ProvisionNotInPolicy', policyId: '2024-01-25', provisionId: 'mealCoupon' })
    )
  })
})

describe('holds', () => {
  it('keep the case, withdrawn items included, until the last one ends', () => {
    const released = { by: audit().placedBy, at: '2031-03-01T15:30:00.000Z', reason: '감사 종료' }
    const holds = [audit({ endsOn: '2030-06-30' }), audit({ kind: 'litigation', release: released })]
    const parts = partsOf(factsOf({ ...closedCase(), consents: [], holds }))
    expect(parts.map(({ deadline }) => deadline)).toEqual(parts.map(() => goes('2031-03-02', '2031-03-07')))
    expect(partsOf(factsOf({ ...closedCase(), holds: [...holds, audit()] })).map(({ deadline }) => deadline)).toEqual(
      parts.map(() => null).slice(0, partsOf(factsOf(closedCase())).length)
    )
  })
})

test('a part is kept, then kept apart by the other clock, then due for five days, then overdue', () => {
  const [part] = partsOf(factsOf(closedCase()))
  const days = ['2029-02-28', '2029-03-01', '2029-12-31', '2030-01-01', '2030-01-05', '2030-01-06']
  expect(part && days.map((on) => partState(part, on))).toEqual([
    'kept',
    'kept_apart',
    'kept_apart',
    'due',
    'due',
    'overdue'
  ])
})

test('the whole case goes with the last of its parts, whatever went before', () => {
  expect(wholeDeadline(partsOf(factsOf({ ...closedCase(), consents: [] })))).toEqual(goes('2029-12-31', '2030-01-05'))
  expect(wholeDeadline([])).toBeNull()
})

test('every item that any case holds stands in one part, with a basis and a place in time', () => {
  const made = createCaseGenerator({ seed: 11, districtCodes: ['11680'], today: '2026-11-26', count: 300 })
  fc.assert(
    fc.property(fc.nat(299), fc.boolean(), (index, held) => {
      const { case: subject } = made(index)
      const parts = partsOf(factsOf({ ...subject, holds: held ? [audit()] : [] }))
      expect(parts.flatMap(({ items }) => items).sort()).toEqual([...heldItems(subject)].sort())
      for (const { bases, since, term, deadline } of parts) {
        expect(bases.length).toBeGreaterThan(0)
        expect(term.until !== null && since <= term.until).toBe(true)
        if (held) expect(deadline).toBeNull()
        else if (subject.state === 'closed')
          expect(deadline && term.until && term.until <= deadline.keptUntil).toBe(true)
      }
    })
  )
})
