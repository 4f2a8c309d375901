import type { Applicant, Child, Helper, HouseholdMember } from '#shared/domain/case/case.ts'
import type { ServiceCode } from '#shared/domain/case/service.ts'
import { dayText } from './day-texts.ts'
import {
  account,
  address,
  birthDayAt,
  email,
  foreignName,
  koreanName,
  loginId,
  phone,
  registrationNo,
  type Sex,
  surname
} from './people.ts'
import type { DemoRandom } from './random.ts'

/** The people of one application. */
export interface Family {
  readonly applicant: Applicant
  readonly children: Child[]
  readonly helpers: Helper[]
  readonly household: HouseholdMember[]
}

export interface FamilyWish {
  readonly service: ServiceCode
  /** The day of application, by its number. */
  readonly day: number
  readonly districtCode: string
  readonly districtName: string
  readonly emailConsent: boolean
  readonly contactPhoneConsent: boolean
}

/** How old in months the youngest child is when each service is applied for; null: none is born yet. */
const YOUNGEST_MONTHS: Readonly<Record<ServiceCode, readonly [least: number, most: number] | null>> = {
  childcare_kin: [23, 35],
  childcare_private: [23, 35],
  postpartum: [0, 5],
  pregnancy_transport: null,
  housework: [1, 140],
  taxi: [1, 23],
  housing: [0, 11],
  self_employed_birth: [0, 11],
  meal_coupon: [6, 200],
  birth_gift: [0, 2]
}

export function makeFamily(random: DemoRandom, wish: FamilyWish): Family {
  const sex: Sex = random.chance(84) ? 'female' : 'male'
  const foreign = random.chance(3)
  const own = surname(random)
  const spouse = random.chance(91)
    ? makeSpouse(random, { day: wish.day, sex: sex === 'female' ? 'male' : 'female' })
    : null
  const childrenName = sex === 'female' && spouse !== null ? spouse.family : own
  const children = makeChildren(random, { ...wish, family: childrenName })
  const applicant = makeApplicant(random, {
    ...wish,
    sex,
    family: own,
    foreign,
    size: children.length + (spouse === null ? 1 : 2)
  })
  return {
    applicant,
    children,
    helpers: makeHelpers(random, { ...wish, family: own }),
    household: [...(spouse === null ? [] : [spouse.member]), ...children.map(asMember)]
  }
}

const asMember = ({ name, registrationNo: no, birthDate }: Child): HouseholdMember => ({
  name,
  registrationNo: no,
  birthDate,
  relation: 'child'
})

function makeSpouse(random: DemoRandom, wish: { day: number; sex: Sex }): { family: string; member: HouseholdMember } {
  const family = surname(random)
  const birthDay = birthDayAt(random, wish.day, { least: 24, most: 47 })
  return {
    family,
    member: {
      name: koreanName(random, family, { generation: 'parent', sex: wish.sex }),
      registrationNo: registrationNo(random, { birthDay, sex: wish.sex, kind: 'resident' }),
      birthDate: dayText(birthDay),
      relation: 'spouse'
    }
  }
}

function makeApplicant(
  random: DemoRandom,
  wish: FamilyWish & { sex: Sex; family: string; foreign: boolean; size: number }
): Applicant {
  const { sex } = wish
  const name = wish.foreign ? foreignName(random, sex) : koreanName(random, wish.family, { generation: 'parent', sex })
  const birthDay = birthDayAt(random, wish.day, { least: 22, most: 45 })
  const login = loginId(random, wish.foreign ? `외${wish.family}` : name)
  return {
    loginId: random.chance(88) ? login : null,
    name,
    registrationNo: registrationNo(random, { birthDay, sex, kind: wish.foreign ? 'foreigner' : 'resident' }),
    phone: phone(random),
    address: address(random, wish.districtCode, wish.districtName),
    income: random.chance(92) ? { householdSize: wish.size, monthlyWon: income(random, wish.size) } : null,
    account: random.chance(94) ? account(random, name) : null,
    email: wish.emailConsent && random.chance(92) ? email(random, login) : null,
    contactPhone: wish.contactPhoneConsent && random.chance(92) ? phone(random) : null
  }
}

/** Won a month, most of them below one and a half times the median of their household's size. */
const income = (random: DemoRandom, size: number): number =>
  Math.floor((1_100_000 + 900_000 * size) * (0.35 + (random.below(1000) + random.below(1000)) / 1250)) -
  (random.next() % 10_000)

const NUMBERED_AFTER_DAYS = 14

function makeChildren(random: DemoRandom, wish: FamilyWish & { family: string }): Child[] {
  const months = YOUNGEST_MONTHS[wish.service]
  const lot = random.below(100)
  const siblings = lot < 68 ? 0 : lot < 95 ? 1 : 2
  const children: Child[] = []
  let birthDay = wish.day - (months === null ? 0 : Math.floor(random.between(months[0] * 31, months[1] * 30)))
  if (months !== null) children.push(makeChild(random, { ...wish, birthDay }))
  for (let older = 0; older < siblings; older += 1) {
    birthDay -= random.between(370, 1700)
    children.push(makeChild(random, { ...wish, birthDay }))
  }
  return children
}

function makeChild(random: DemoRandom, wish: { family: string; birthDay: number; day: number }): Child {
  const sex: Sex = random.chance(51) ? 'male' : 'female'
  const numbered = wish.day - wish.birthDay >= NUMBERED_AFTER_DAYS
  return {
    name: koreanName(random, wish.family, { generation: 'child', sex }),
    registrationNo: numbered ? registrationNo(random, { birthDay: wish.birthDay, sex, kind: 'resident' }) : null,
    birthDate: dayText(wish.birthDay),
    sex
  }
}

function makeHelpers(random: DemoRandom, wish: FamilyWish & { family: string }): Helper[] {
  switch (wish.service) {
    case 'childcare_kin':
      return [makeKin(random, wish)]
    case 'childcare_private':
      return random.chance(60)
        ? [makeHelper(random, { ...wish, family: surname(random), relation: 'provider_staff' })]
        : []
    default:
      return []
  }
}

function makeKin(random: DemoRandom, wish: FamilyWish & { family: string }): Helper {
  const family = random.chance(50) ? wish.family : surname(random)
  return makeHelper(random, { ...wish, family, relation: random.chance(93) ? 'grandparent' : 'aunt_uncle' })
}

function makeHelper(
  random: DemoRandom,
  wish: { day: number; family: string; relation: 'grandparent' | 'aunt_uncle' | 'provider_staff' }
): Helper {
  const elder = wish.relation === 'grandparent'
  const sex: Sex = random.chance(86) ? 'female' : 'male'
  const birthDay = birthDayAt(random, wish.day, elder ? { least: 54, most: 74 } : { least: 28, most: 52 })
  return {
    name: koreanName(random, wish.family, { generation: elder ? 'elder' : 'parent', sex }),
    registrationNo: registrationNo(random, { birthDay, sex, kind: 'resident' }),
    phone: phone(random),
    relation: wish.relation
  }
}
