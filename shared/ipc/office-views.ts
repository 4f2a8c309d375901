import type { CopyLine } from '#shared/domain/destruction/copy-line.ts'

/** What an administrator's window shows. The same shapes travel from the centre: counts and times, nothing of a case. */
export type { AccountEntry } from '#shared/domain/administration/account-entry.ts'
export type { DeviceEntry, DeviceState } from '#shared/domain/administration/device-entry.ts'
export type { IssuedCode, OpenCode } from '#shared/domain/administration/enrolment-code.ts'
export type { LeaseTerms } from '#shared/domain/administration/lease-terms.ts'
export type { LoadEntry } from '#shared/domain/administration/load-entry.ts'
export type { RescueEntry } from '#shared/domain/administration/rescue-entry.ts'
export type { RestoreGate } from '#shared/domain/administration/restore-gate.ts'
export type { GrantEntry, GrantGrounds, GrantTerms } from '#shared/domain/grant/grant.ts'

/** A line of a ledger of copies that is not settled. */
export interface OpenCopy extends Pick<CopyLine, 'place' | 'ref' | 'name' | 'openedAt'> {
  readonly batchId: string
  /** Cases that the batch destroyed at the centre. */
  readonly destroyed: number
}
