import type { HandedOverEntry } from '#shared/domain/quarantine/handed-over-entry.ts'

export type { QuarantineEntry } from '#shared/domain/quarantine/quarantine-entry.ts'

/** 넘겨받은 변경, with whose case it is as far as this PC has received it. */
export interface HandedOverItem extends HandedOverEntry {
  readonly applicantName: string | null
  readonly applicationNo: string | null
}
