import { z } from 'zod'
import type { BatchState } from '#shared/domain/destruction/batch-state.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import type { ApproveFailure, BatchMissing } from './destruction-methods.ts'
import type { Locked } from './locked.ts'
import { method } from './method.ts'
import type { CentreFailure } from './quarantine-methods.ts'
import { reasonSchema } from './reason.ts'

export const wantedPaperSchema = z.discriminatedUnion('kind', [
  /** 별지 4. */
  z.object({ kind: z.literal('destruction_request'), batchId: uuidSchema }),
  /** 별지 5. */
  z.object({ kind: z.literal('destruction_register') }),
  /** 파기 확인서. */
  z.object({ kind: z.literal('destruction_certificate'), batchId: uuidSchema })
])
export type WantedPaper = z.infer<typeof wantedPaperSchema>

/** A certificate says that nothing is left, so that there is none before. */
export type BatchNotCompleted = { type: 'BatchNotCompleted'; state: BatchState }

export interface GivenPaper {
  /** As it stands on the paper. */
  readonly number: string
  /** Of the file, made of title and number. */
  readonly name: string
  readonly content: Uint8Array
}

/** Papers that leave the desk. */
export const PAPER_METHODS = {
  /**
   * The paper as PDF. Whoever has a signing key signs it (`signsPapers`), with her password; others give none. It is
   * recorded with its purpose before the window gets it. The ledger of copies in a certificate is asked at the centre.
   */
  'paper.give': method(
    z.object({ paper: wantedPaperSchema, purpose: reasonSchema, password: z.string().min(1).max(256).nullable() })
  ).gives<GivenPaper, Locked | BatchMissing | BatchNotCompleted | ApproveFailure | GiveFailure | CentreFailure>()
} as const

export type GiveFailure = { type: 'PaperNotAllowed' } | { type: 'PaperNotPrinted' }
