import type { Migration } from '../migrate.ts'
import { accounts } from './cases/0010-accounts.ts'
import { cases } from './cases/0020-cases.ts'
import { keys } from './keys/0010-keys.ts'

export const CASES_MIGRATIONS: readonly Migration[] = [accounts, cases]
export const KEYS_MIGRATIONS: readonly Migration[] = [keys]
