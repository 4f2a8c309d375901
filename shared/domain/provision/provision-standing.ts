import { addDays } from '#shared/domain/calendar/day.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'
import type { ProvisionRun } from './provision-run.ts'

/** Where a run stands today: what the office has to do about it follows. */
export const PROVISION_STANDINGS = ['unwritten', 'overdue', 'dueSoon', 'kept', 'proven', 'voided'] as const
export type ProvisionStanding = (typeof PROVISION_STANDINGS)[number]

/** So many days before its end a recipient is reminded. */
const REMINDED_BEFORE = 14

type Clocked = Pick<ProvisionRun, 'file' | 'voided' | 'deletion' | 'keepUntil'>

/** `overdue` from the day after the last one, each day until the deletion is proven. */
export function standingOf({ file, voided, deletion, keepUntil }: Clocked, today: IsoDate): ProvisionStanding {
  if (voided !== null) return 'voided'
  if (deletion !== null) return 'proven'
  if (file === null) return 'unwritten'
  if (keepUntil === null || addDays(today, REMINDED_BEFORE) < keepUntil) return 'kept'
  return keepUntil < today ? 'overdue' : 'dueSoon'
}

/** Whether somebody has to see to it today: the recipient owes a proof, or a number waits for its file. */
export const isToChase = (standing: ProvisionStanding): boolean =>
  standing === 'overdue' || standing === 'dueSoon' || standing === 'unwritten'
