import type { Account } from '#shared/domain/account/account.ts'
import { accountByLogin, createAccount } from './accounts/accounts.ts'
import type { Centre } from './centre.ts'

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

/** Makes the demo accounts that are missing, and the demo cases when the centre has none. */
export async function seedDemo(centre: Centre, _demo: { cases: number; seed: number }): Promise<void> {
  for (const wanted of DEMO_ACCOUNTS) {
    if ((await accountByLogin(centre.pool, wanted.login)) === null) {
      await createAccount(centre, { ...wanted, password: DEMO_PASSWORD })
    }
  }
}
