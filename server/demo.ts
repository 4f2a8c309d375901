import type { Account } from '#shared/domain/account/account.ts'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { accountByLogin, createAccount } from './accounts/accounts.ts'
import type { Centre } from './centre.ts'
import type { Queryable } from './db/pool.ts'
import { seedCentre } from './seed/seed-centre.ts'

/** The password of every demo account. A demo centre listens on the loopback address and holds invented people. */
export const DEMO_PASSWORD = 'Desk-2026!demo'

const GANGNAM = '11680'
const MAPO = '11440'

/** Invented staff of two districts. */
export const DEMO_ACCOUNTS: readonly Omit<Account, 'id'>[] = [
  account('gangnam.kim', '김가온', 'caseworker', GANGNAM),
  account('gangnam.lee', '이나래', 'caseworker', GANGNAM),
  account('gangnam.team', '정다솜', 'supervisor', GANGNAM),
  account('gangnam.privacy', '한라온', 'privacy_officer', GANGNAM),
  account('gangnam.admin', '오마루', 'administrator', GANGNAM),
  account('mapo.park', '박바다', 'caseworker', MAPO)
]

function account(login: string, displayName: string, role: Account['role'], districtCode: string): Omit<Account, 'id'> {
  return { login, displayName, department: '가족정책과', role, districtCode }
}

export interface DemoOptions {
  /** How many cases, over the districts of the demo accounts. */
  readonly cases: number
  /** The same seed gives the same people. */
  readonly seed: number
}

/** Makes the demo accounts that are missing, and the demo cases when the centre has none. */
export async function seedDemo(centre: Centre, { cases, seed }: DemoOptions): Promise<void> {
  const staff: Account[] = []
  for (const wanted of DEMO_ACCOUNTS) staff.push(await ensureAccount(centre, wanted))
  if (cases === 0 || (await hasCases(centre.pool))) return
  const caseworkersOf = (districtCode: string) =>
    staff.filter((one) => one.role === 'caseworker' && one.districtCode === districtCode).map(({ id }) => id)
  const caseAt = createCaseGenerator({
    seed,
    count: cases,
    districtCodes: [GANGNAM, MAPO],
    today: koreanDayOf(centre.now()),
    staffOf: (districtCode) => {
      const ids = caseworkersOf(districtCode)
      return ids.length > 0 ? ids : [centre.newId()]
    },
    policies: centre.policies
  })
  await seedCentre(
    centre,
    (function* records() {
      for (let index = 0; index < cases; index += 1) yield caseAt(index)
    })()
  )
}

async function ensureAccount(centre: Centre, wanted: Omit<Account, 'id'>): Promise<Account> {
  const found = await accountByLogin(centre.pool, wanted.login)
  if (found !== null) return found
  const created = await createAccount(centre, { ...wanted, password: DEMO_PASSWORD })
  if (created.ok) return created.value
  return ensureAccount(centre, wanted) // another app server made it meanwhile
}

async function hasCases(db: Queryable): Promise<boolean> {
  const { rows } = await db.query('SELECT id FROM cases LIMIT 1')
  return rows.length > 0
}
