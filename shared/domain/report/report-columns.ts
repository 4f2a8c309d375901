import type { HashDep } from '#shared/foundation/deps.ts'
import type { ReportKind } from './report.ts'

/**
 * The columns of each kind, in their order. A row comes as one cell for each: what an instant, a day or a number is says
 * the column, so that it becomes a real one in the file; a code is told in words, an id of an official or a PC by its name.
 */
export type ColumnType =
  | 'instant'
  | 'day'
  | 'number'
  | 'text'
  | 'account'
  | 'pc'
  /** One word, or several with a blank between. */
  | 'code'
  /** `name: code` with commas between. */
  | 'detail'

export interface ReportColumn {
  readonly name: string
  readonly type: ColumnType
  /** In characters. */
  readonly width: number
}

const column = (name: string, type: ColumnType, width: number): ReportColumn => ({ name, type, width })

export const REPORT_COLUMNS: Readonly<Record<ReportKind, readonly ReportColumn[]>> = {
  access_log: [
    column('at', 'instant', 20),
    column('account', 'account', 14),
    column('act', 'code', 18),
    column('caseCount', 'number', 9),
    column('cases', 'text', 40),
    column('detail', 'detail', 36),
    column('reason', 'text', 36),
    column('pc', 'pc', 16),
    column('address', 'text', 16),
    column('lineNo', 'number', 9),
    column('receivedAt', 'instant', 20),
    column('marks', 'code', 16)
  ],
  grants: [
    column('at', 'instant', 20),
    column('grantKind', 'code', 12),
    column('login', 'text', 16),
    column('name', 'text', 14),
    column('role', 'code', 14),
    column('beforeFrom', 'day', 12),
    column('beforeTo', 'day', 12),
    column('afterFrom', 'day', 12),
    column('afterTo', 'day', 12),
    column('edits', 'text', 36),
    column('reveals', 'text', 36),
    column('by', 'account', 14),
    column('approver', 'account', 14),
    column('document', 'text', 20),
    column('reason', 'text', 36)
  ],
  consents: [
    column('answeredAt', 'instant', 20),
    column('applicationNo', 'text', 18),
    column('caseId', 'text', 38),
    column('consentId', 'text', 28),
    column('policyVersion', 'day', 12),
    column('answer', 'code', 12),
    column('method', 'code', 16),
    column('answeredBy', 'code', 14),
    column('guardianCheck', 'code', 18),
    column('confirmedAt', 'instant', 20),
    column('handler', 'account', 14),
    column('noticeHash', 'text', 40)
  ],
  provisions: [
    column('givenAt', 'instant', 20),
    column('runNumber', 'text', 14),
    column('recipient', 'code', 26),
    column('standing', 'code', 14),
    column('givenBy', 'account', 14),
    column('purpose', 'text', 36),
    column('document', 'text', 20),
    column('keepUntil', 'day', 14),
    column('fileHash', 'text', 40),
    column('deletionOn', 'day', 14),
    column('deletionDocument', 'text', 20),
    column('personNo', 'number', 9),
    column('caseId', 'text', 38),
    column('items', 'text', 36),
    column('consentId', 'text', 28),
    column('answeredAt', 'instant', 20),
    column('withdrawnOn', 'day', 12),
    column('askedOn', 'day', 12),
    column('provenOn', 'day', 12)
  ],
  destruction: [
    column('plannedAt', 'instant', 20),
    column('batchId', 'text', 38),
    column('batchState', 'code', 12),
    column('dueUpTo', 'day', 12),
    column('author', 'account', 14),
    column('reviewer', 'account', 14),
    column('officer', 'account', 14),
    column('approvedAt', 'instant', 20),
    column('executedAt', 'instant', 20),
    column('completedAt', 'instant', 20),
    column('listed', 'number', 9),
    column('excluded', 'number', 9),
    column('extended', 'number', 9),
    column('dropped', 'number', 9),
    column('destroyed', 'number', 9),
    column('copiesProven', 'number', 9),
    column('copiesWrittenOff', 'number', 9),
    column('copiesOpen', 'number', 9),
    column('digest', 'text', 40)
  ]
}

/** What of a row stands on paper, which is narrower than a sheet. */
export const PAPER_COLUMNS: Readonly<Record<ReportKind, readonly string[]>> = {
  access_log: ['at', 'account', 'act', 'caseCount', 'detail', 'reason', 'pc', 'marks'],
  grants: ['at', 'grantKind', 'name', 'role', 'document', 'reason', 'approver'],
  consents: ['answeredAt', 'applicationNo', 'consentId', 'answer', 'method', 'answeredBy', 'handler'],
  provisions: ['givenAt', 'runNumber', 'recipient', 'standing', 'personNo', 'keepUntil', 'withdrawnOn', 'provenOn'],
  destruction: ['plannedAt', 'batchState', 'dueUpTo', 'author', 'officer', 'listed', 'destroyed', 'copiesOpen']
}

/** The column by whose words the cover counts the rows. */
export const COUNTED_COLUMN: Readonly<Record<ReportKind, string>> = {
  access_log: 'act',
  grants: 'grantKind',
  consents: 'answer',
  provisions: 'recipient',
  destruction: 'batchState'
}

export type Cell = string | number | null
export type Row = readonly Cell[]

/** A file has no more rows: a longer report is asked for in shorter periods. */
export const MOST_ROWS = 3_000_000

/** One hash of all pieces of a report, in their order; of none it is 32 zero bytes. */
export const nextRowsDigest = ({ sha256 }: HashDep, before: Uint8Array, piece: readonly Row[]): Uint8Array =>
  sha256(before, JSON.stringify(piece))
