import { type Case, completeCase, type StoredCase } from '#shared/domain/case/case.ts'

/**
 * The fields of a case that the cases database may hold in clear, because it sorts, scopes and counts by them. Every
 * other field, also one that is added later, goes into the sealed part.
 */
export const CLEAR_FIELDS = [
  'id',
  'applicationNo',
  'districtCode',
  'dongCode',
  'service',
  'state',
  'appliedOn',
  'dueOn',
  'assigneeId'
] as const satisfies readonly (keyof Case)[]

export type ClearPart = Pick<Case, (typeof CLEAR_FIELDS)[number]>
export type SealedPart = Omit<StoredCase, (typeof CLEAR_FIELDS)[number]>

const isClear = (field: string): boolean => (CLEAR_FIELDS as readonly string[]).includes(field)

export function splitCase(subject: Case): { clear: ClearPart; sealed: SealedPart } {
  const entries = Object.entries(subject)
  return {
    clear: Object.fromEntries(entries.filter(([field]) => isClear(field))) as ClearPart,
    sealed: Object.fromEntries(entries.filter(([field]) => !isClear(field))) as SealedPart
  }
}

export const joinCase = (clear: ClearPart, sealed: SealedPart): Case => completeCase({ ...clear, ...sealed })
