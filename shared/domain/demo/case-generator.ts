import { addDays } from '#shared/domain/calendar/day.ts'
import type { Case, CaseRecord } from '#shared/domain/case/case.ts'
import { dueOnOf } from '#shared/domain/case/due-rules.ts'
import { SERVICE_CODES, type ServiceCode } from '#shared/domain/case/service.ts'
import type { ConsentRecord, GuardianCheck } from '#shared/domain/consent/consent-record.ts'
import { needsGuardian } from '#shared/domain/consent/guardian.ts'
import { DISTRICTS } from '#shared/domain/district/district.ts'
import { dongsOf } from '#shared/domain/district/dong.ts'
import { type ConsentRequest, consentsToAsk } from '#shared/domain/policy/consents-to-ask.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { policyInForce } from '#shared/domain/policy/policy-versions.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'
import { type CaseSlot, createCaseSlots, instantOf } from './case-slots.ts'
import { applicationNoOf, makeTimeline } from './case-timeline.ts'
import { dayNumberOf, dayText, uuidV7 } from './day-texts.ts'
import { type Family, makeFamily } from './family.ts'
import { HELD_POLICIES } from './held-policies.ts'
import { createDemoRandom, type DemoRandom, weighted } from './random.ts'

export interface CaseGeneratorOptions {
  /** An integer; the same seed and options give the same cases. */
  readonly seed: number
  /** 자치구 whose cases are made; all 25 when left out. */
  readonly districtCodes?: readonly string[]
  /** The day of the newest cases. */
  readonly today: IsoDate
  /** How many cases will be asked for, over which the days are spread; 100,000 when left out. */
  readonly count?: number
  /** Ids of the officials of a district who handle its cases; made-up ids when left out. */
  readonly staffOf?: (districtCode: string) => readonly string[]
  /** Every version of the register held; the ones that this program ships when left out. */
  readonly policies?: readonly PolicyRegister[]
}

const DEFAULT_COUNT = 100_000
const THREE_YEARS = 3 * 365

/**
 * Makes invented cases, each by its index alone: 0 is the oldest, up to three years back but not from before the
 * register, and the newest are of today. They satisfy the case schema and the rules of intake, their histories follow
 * the state machine, and no number or phone in them can be anybody's, except that a child born since October 2020
 * carries digits as random as the real ones.
 */
export function createCaseGenerator(options: CaseGeneratorOptions): (index: number) => CaseRecord {
  const random = createDemoRandom()
  random.begin(options.seed, -1)
  const policies = options.policies ?? HELD_POLICIES
  const slots = createCaseSlots(random, {
    districtCodes: options.districtCodes ?? DISTRICTS.map(({ code }) => code),
    from: firstDay(policies, options.today),
    to: options.today,
    count: options.count ?? DEFAULT_COUNT
  })
  const world: World = {
    today: dayNumberOf(options.today),
    districts: districtsOf(options),
    asked: askedConsents(policies)
  }
  return (index) => {
    const slot = slots.slotOf(index)
    random.begin(options.seed, index)
    return makeRecord(random, world, slot)
  }
}

/** Everything that the cases of a run have in common. */
interface World {
  readonly today: number
  readonly districts: ReadonlyMap<string, DemoDistrict>
  readonly asked: (day: IsoDate, service: ServiceCode) => AskedConsents
}

interface DemoDistrict {
  readonly name: string
  readonly dongCodes: readonly string[]
  readonly staff: readonly string[]
}

type AskedConsents = readonly ConsentRequest[]

function firstDay(policies: readonly PolicyRegister[], today: IsoDate): IsoDate {
  const earliest = policies.map(({ effectiveFrom }) => effectiveFrom).sort()[0]
  const threeYearsAgo = addDays(today, -THREE_YEARS)
  if (earliest === undefined || earliest > today) throw new RangeError('no version of the register is in force today')
  if (earliest < threeYearsAgo) return threeYearsAgo
  return earliest
}

const STAFF_OF_A_DISTRICT = 6

function districtsOf({ staffOf = demoStaffIds }: CaseGeneratorOptions): ReadonlyMap<string, DemoDistrict> {
  return new Map(
    DISTRICTS.map(({ code, name }) => [
      code,
      { name, dongCodes: dongsOf(code).map((dong) => dong.code), staff: staffOf(code) }
    ])
  )
}

/** Ids of made-up officials of a district, always the same. */
export const demoStaffIds = (districtCode: string): string[] =>
  Array.from({ length: STAFF_OF_A_DISTRICT }, (_, no) => `00000000-0000-7000-8000-000000${districtCode}${no}`)

function askedConsents(policies: readonly PolicyRegister[]): World['asked'] {
  const known = new Map<IsoDate, ReadonlyMap<ServiceCode, AskedConsents>>()
  return (day, service) => {
    const ofDay = known.get(day) ?? askedOn(policies, day)
    known.set(day, ofDay)
    const asked = ofDay.get(service)
    if (asked === undefined) throw new RangeError('no such service')
    return asked
  }
}

const askedByPolicy = new WeakMap<PolicyRegister, ReadonlyMap<ServiceCode, AskedConsents>>()

function askedOn(policies: readonly PolicyRegister[], day: IsoDate): ReadonlyMap<ServiceCode, AskedConsents> {
  const policy = policyInForce(policies, day)
  if (!policy.ok) throw new RangeError('no version of the register is in force on the day')
  const asked =
    askedByPolicy.get(policy.value) ??
    new Map(
      SERVICE_CODES.map((service): [ServiceCode, AskedConsents] => [service, consentsToAsk(policy.value, service)])
    )
  askedByPolicy.set(policy.value, asked)
  return asked
}

const SERVICE_SHARES = weighted<ServiceCode>([
  ['childcare_kin', 22],
  ['childcare_private', 6],
  ['postpartum', 18],
  ['pregnancy_transport', 19],
  ['housework', 7],
  ['taxi', 9],
  ['housing', 3],
  ['self_employed_birth', 2],
  ['meal_coupon', 8],
  ['birth_gift', 6]
])

const METHODS = weighted<ConsentRecord['method']>([
  ['web', 72],
  ['written', 23],
  ['phone', 3],
  ['phone_then_web', 2]
])

function makeRecord(random: DemoRandom, world: World, slot: CaseSlot): CaseRecord {
  const district = world.districts.get(slot.districtCode)
  if (district === undefined) throw new RangeError('no such district')
  const id = uuidV7(instantOf(slot), random.next)
  const service = random.pick(SERVICE_SHARES)
  const staff = random.pick(district.staff)
  const history = makeTimeline(random, { ...slot, today: world.today, by: staff })
  const asked = world.asked(dayText(slot.day), service)
  const consents = answers(random, asked, { at: history[0]?.at ?? '', handler: staff })
  const family = makeFamily(random, {
    service,
    day: slot.day,
    districtCode: slot.districtCode,
    districtName: district.name,
    emailConsent: isGiven(consents, 'collect.email'),
    contactPhoneConsent: isGiven(consents, 'collect.contactPhone')
  })
  return asRecord({
    ...family,
    id,
    applicationNo: applicationNoOf(slot.day, slot.rank),
    districtCode: slot.districtCode,
    dongCode: random.pick(district.dongCodes),
    service,
    state: history.at(-1)?.state ?? 'received',
    appliedOn: dayText(slot.day),
    dueOn: null,
    assigneeId: random.chance(96) ? staff : null,
    consents: consents.map((answer) => represented(asked, family, answer)),
    history,
    conflicts: [],
    documents: [],
    edits: [],
    holds: []
  })
}

const isGiven = (consents: readonly ConsentRecord[], id: string): boolean =>
  consents.some(({ consentId, given }) => consentId === id && given)

function answers(
  random: DemoRandom,
  asked: AskedConsents,
  { at: answeredAt, handler }: { readonly at: string; readonly handler: string }
): ConsentRecord[] {
  const method = random.pick(METHODS)
  return asked.map(({ id: consentId, kind, policyId: policyVersion, noticeHash }) => ({
    ...{ consentId, policyVersion, noticeHash, method, answeredAt, handler },
    given: random.chance(kind === 'collection' ? 55 : 90),
    ...{ representative: null, evidence: '', reason: '', closes: [] }
  }))
}

const CHECKS: Readonly<Record<ConsentRecord['method'], GuardianCheck>> = {
  written: 'written_signed',
  phone: 'phone_call',
  phone_then_web: 'web_sms',
  web: 'web_identity',
  email: 'email_signed',
  other: 'other_way'
}

/** A child under 14 consents through the applicant, who was verified at once. */
function represented(asked: AskedConsents, family: Family, answer: ConsentRecord): ConsentRecord {
  const { consentId, given, method, answeredAt } = answer
  const request = asked.find(({ id }) => id === consentId)
  if (!given || request === undefined || !needsGuardian(request, family, answeredAt)) return answer
  return {
    ...answer,
    representative: { as: 'legal_representative', check: CHECKS[method], confirmedAt: answeredAt }
  }
}

/** Each step after the first was a command of its own. */
function asRecord(subject: Case & Family): CaseRecord {
  const rev = subject.history.length
  return { case: { ...subject, dueOn: dueOnOf(subject) }, rev, fieldRevs: rev > 1 ? { state: rev } : {} }
}
