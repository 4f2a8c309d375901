import { z } from 'zod'
import { reportOrderSchema } from '#shared/domain/report/report.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import type { Locked } from './locked.ts'
import { method } from './method.ts'
import type { CentreFailure } from './quarantine-methods.ts'
import type { ReportEntry, ReportJob } from './report-views.ts'

/** A file that leaves the office is opened by a password that is not guessed. */
export const LEAST_FILE_PASSWORD = 10

/** Why a report was not begun. */
export type ReportRefused =
  | { type: 'WrongPassword'; attemptsLeft: number }
  | { type: 'AccountLocked' }
  | { type: 'SigningKeyMissing' }
  | { type: 'ReportRunning' } // one at a time
  | { type: 'PlaceGone' } // where to save was chosen for another report, or too long ago
  | { type: 'KeptTooLong' } // until a day that is over, or too far away

/** 보고서, for the supervisor and the privacy officer. Rows and register lie at the centre, the file is written here. */
export const REPORT_METHODS = {
  /** Begins to write the file at the place that main knows by `placeId`; the password opens the key that signs it. */
  'report.start': method(
    z.object({
      placeId: uuidSchema,
      order: reportOrderSchema,
      password: z.string().min(1).max(256),
      /** Of the file; null where it is not encrypted. */
      filePassword: z.string().min(LEAST_FILE_PASSWORD).max(128).nullable()
    })
  ).gives<ReportJob, Locked | ReportRefused | CentreFailure>(),
  /** null: none since the desk was unlocked. */
  'report.job': method(z.object({})).gives<ReportJob | null, Locked>(),
  'report.cancel': method(z.object({})).gives<null, Locked>(),
  /** The register, the newest first; `due`: those alone whose file should be deleted by now. */
  'report.list': method(z.object({ before: z.int().positive().nullable(), due: z.boolean() })).gives<
    { readonly reports: readonly ReportEntry[]; readonly next: number | null },
    Locked | CentreFailure
  >(),
  'report.noteDeleted': method(z.object({ reportId: uuidSchema, how: z.string().trim().min(2).max(400) })).gives<
    null,
    Locked | CentreFailure
  >()
} as const
