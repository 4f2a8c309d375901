import type { AccountEntry } from '#shared/ipc/office-views.ts'
import type { Tone } from '../../design-system/pill.tsx'

/** Whether an account may sign in. Shut out counts before locked: unlocking would not let it in. */
export type AccountStanding = 'active' | 'locked' | 'disabled'

export const ACCOUNT_TONES: Readonly<Record<AccountStanding, Tone>> = { active: 'ok', locked: 'bad', disabled: 'plain' }

export function accountStanding({
  lockedAt,
  disabledAt
}: Pick<AccountEntry, 'lockedAt' | 'disabledAt'>): AccountStanding {
  if (disabledAt !== null) return 'disabled'
  return lockedAt === null ? 'active' : 'locked'
}
