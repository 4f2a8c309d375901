import type { Migration } from '../migrate.ts'
import { accounts } from './cases/0010-accounts.ts'
import { cases } from './cases/0020-cases.ts'
import { freeTags } from './cases/0030-free-tags.ts'
import { keys } from './keys/0010-keys.ts'

export const CASES_MIGRATIONS: readonly Migration[] = [accounts, cases, freeTags]
export const KEYS_MIGRATIONS: readonly Migration[] = [keys]
