import type { AnyCommandName } from '#shared/commands/any-command.ts'
import type { BatchRefusal } from '#shared/commands/destruction/batch-refusal.ts'
import type { Refusal } from '#shared/commands/refusal.ts'
import type { VersionedField } from '#shared/domain/case/case.ts'
import type { CaseDocument } from '#shared/domain/document/case-document.ts'

/** Why work of this PC goes no further. What was typed is not here any more; the line says where it is, or that it is lost. */
export const PARKED_CAUSES = [
  'destroyed', // the case was destroyed: the centre keeps the work sealed for the privacy officer
  'withdrawn', // the case was withdrawn: the same
  'scope', // the case belongs to another district now: the centre has the work as a rescue item
  'missing', // numbers that this PC gave out and whose commands it no longer has
  'unreadable' // sealed copies of a store put aside that nothing here opens
] as const
export type ParkedCause = (typeof PARKED_CAUSES)[number]

/** What a waiting item waits for. */
export const WAITS_FOR = ['line', 'earlier', 'intake', 'chunks'] as const
export type WaitsFor = (typeof WAITS_FOR)[number]

/** Why a refused item cannot be taken up again, only given up. */
export const CANNOT_CORRECT = ['case_gone', 'intake_first', 'act'] as const
export type CannotCorrect = (typeof CANNOT_CORRECT)[number]

/** A piece of work that the centre has not taken. */
export interface OutboxItem {
  readonly commandId: string
  /** null: it has no number, or nobody knows it. */
  readonly deviceSeq: number | null
  readonly name: AnyCommandName | null
  readonly caseId: string | null
  /** The destruction batch that it is about, and the day of its plan, where this PC knows it. */
  readonly batch: { readonly id: string; readonly dueUpTo: string | null } | null
  readonly applicationNo: string
  /** '' when this PC does not know the case. */
  readonly applicantName: string
  readonly issuedAt: string
  readonly issuedBy: string | null
  readonly status: 'waiting' | 'refused' | 'parked'
  readonly waitsFor: WaitsFor | null
  readonly refusal: Refusal | BatchRefusal | null
  readonly cannotCorrect: CannotCorrect | null
  readonly parked: ParkedCause | null
  /** How many pieces of work the item stands for: more than one only for what is lost. */
  readonly amount: number
}

/** A field that an item changes, masked as in the opened case. */
export interface OutboxChange {
  readonly field: VersionedField
  readonly value: unknown
  /** What the case holds at the centre, as far as this PC knows; undefined when the centre or the PC lacks the case. */
  readonly now: unknown
}

export type OutboxDocument = Pick<CaseDocument, 'title' | 'mediaType' | 'bytes'>

/** What giving an item up would take away. */
export interface OutboxDetails {
  readonly changes: readonly OutboxChange[]
  /** Papers that it attaches or takes out. */
  readonly documents: readonly OutboxDocument[]
  readonly reason: string
  /** Size as it travels. */
  readonly bytes: number
}
