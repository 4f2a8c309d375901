import type { ProvisionLine, ProvisionRun } from '#shared/domain/provision/provision-run.ts'
import { LEFT_OUT } from '#shared/domain/provision/select-for-provision.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'

/** `unsent`: something of the case waits at this PC, so that the centre knows it otherwise. */
export const WHY_LEFT_OUT = [...LEFT_OUT, 'unsent'] as const
export type WhyLeftOut = (typeof WHY_LEFT_OUT)[number]

/** Cases that a preview names; the counts are of all. */
export const MOST_LEFT_OUT_SHOWN = 500

/** Who would be given, before it is given. */
export interface ProvisionPreview {
  readonly recipientId: string
  readonly policyVersion: IsoDate
  readonly selected: number
  /** Of exactly these persons in exactly these revisions. */
  readonly digest: string
  readonly leftOut: Readonly<Record<WhyLeftOut, number>>
  readonly cases: ReadonlyArray<{ readonly caseId: string; readonly applicationNo: string; readonly why: WhyLeftOut }>
}

/** A numbered run with its file, which is encrypted, and the password that opens it: it is shown now and never again. */
export interface ProvisionFile {
  readonly runId: string
  readonly number: string
  readonly persons: number
  readonly name: string
  readonly content: Uint8Array<ArrayBuffer>
  readonly sha256: string
  readonly password: string
}

export interface ProvisionSummary extends ProvisionRun {
  /** Who withdrew since and was not asked for yet. */
  readonly toAsk: number
  /** Who was asked for, without a proof yet. */
  readonly asked: number
}

/** `applicationNo` null: her case is not at this PC any more. */
export interface ProvisionLineView extends ProvisionLine {
  readonly applicationNo: string | null
}

/** `next` null: it was the last page. */
export interface ProvisionLinePage {
  readonly lines: readonly ProvisionLineView[]
  readonly next: number | null
}

/** What was given of one case, and when. */
export interface ProvisionOfCase {
  readonly line: ProvisionLine
  readonly run: ProvisionRun
}
