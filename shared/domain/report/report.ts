import { z } from 'zod'
import { daysBetween } from '#shared/domain/calendar/day.ts'
import { dateSchema, instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/** 보고서: what leaves the office about its own dealings with data. It holds ids, and names of officials alone. */

export const REPORT_KINDS = [
  'access_log', // 접속기록
  'grants', // 권한 관리대장
  'consents', // 동의 현황
  'provisions', // 제3자 제공 대장
  'destruction' // 보유·파기 관리대장
] as const
export const reportKindSchema = z.enum(REPORT_KINDS)
export type ReportKind = (typeof REPORT_KINDS)[number]

export const REPORT_FORMATS = ['xlsx', 'xlsx_encrypted', 'pdf'] as const
export const reportFormatSchema = z.enum(REPORT_FORMATS)
export type ReportFormat = (typeof REPORT_FORMATS)[number]

/** Within the district: all of it, or what one of its people, PCs or cases is in. */
export const reportScopeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('district') }),
  z.object({ type: z.literal('account'), accountId: uuidSchema }),
  z.object({ type: z.literal('pc'), deviceId: uuidSchema }),
  z.object({ type: z.literal('case'), caseId: uuidSchema })
])
export type ReportScope = z.infer<typeof reportScopeSchema>

/** Which narrower scopes a kind knows, besides the district. */
export const SCOPES_OF_KIND: Readonly<Record<ReportKind, ReadonlyArray<ReportScope['type']>>> = {
  access_log: ['district', 'account', 'pc', 'case'],
  grants: ['district', 'account'],
  consents: ['district', 'case'],
  provisions: ['district', 'case'],
  destruction: ['district']
}

/** A file that was given out is deleted within this time at the latest. */
export const MOST_KEPT_DAYS = 3 * 366
export const USUAL_KEPT_DAYS = 365

/** What is asked for, days of Korea, both included. */
export const reportOrderSchema = z
  .object({
    /** Made where the report is asked for: however often it is sent, it has one number. */
    id: uuidSchema,
    kind: reportKindSchema,
    from: dateSchema,
    to: dateSchema,
    scope: reportScopeSchema,
    purpose: z.string().trim().min(5).max(400),
    format: reportFormatSchema,
    /** The day by which the file is to be deleted. */
    deleteBy: dateSchema
  })
  .refine(({ from, to }) => from <= to, { path: ['to'] })
  .refine(({ kind, scope }) => SCOPES_OF_KIND[kind].includes(scope.type), { path: ['scope'] })
export type ReportOrder = z.infer<typeof reportOrderSchema>

export const mayKeepUntil = (today: string, deleteBy: string): boolean =>
  deleteBy > today && daysBetween(today, deleteBy) <= MOST_KEPT_DAYS

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/)

/** What is known of a report once its file is whole. */
export const reportResultSchema = z.object({
  rows: z.int().nonnegative(),
  /** Of its lines as the centre sent them (`nextRowsDigest`), and of the file as it lies on the disk. */
  rowsDigest: hashSchema,
  fileDigest: hashSchema,
  fileBytes: z.int().positive()
})
export type ReportResult = z.infer<typeof reportResultSchema>

/** 보고서 대장: one line. Its number has no gap: what was broken off keeps its own. */
export const reportEntrySchema = z.object({
  ...reportOrderSchema.shape,
  no: z.int().positive(),
  authorId: uuidSchema,
  orderedAt: instantSchema,
  /** `open`: it is being written, or the PC never said how it ended. */
  end: z.discriminatedUnion('type', [
    z.object({ type: z.literal('open') }),
    z.object({ type: z.literal('cancelled'), at: instantSchema }),
    z.object({ type: z.literal('finished'), at: instantSchema, ...reportResultSchema.shape })
  ]),
  deleted: z.object({ at: instantSchema, by: uuidSchema, how: z.string() }).nullable()
})
export type ReportEntry = z.infer<typeof reportEntrySchema>

/** Its file is still somewhere, and should not be any more. */
export const isDeletionDue = ({ end, deleted, deleteBy }: ReportEntry, today: string): boolean =>
  end.type === 'finished' && deleted === null && deleteBy <= today
