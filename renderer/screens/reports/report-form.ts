import { addDays } from '#shared/domain/calendar/day.ts'
import {
  mayKeepUntil,
  type ReportFormat,
  type ReportKind,
  type ReportOrder,
  SCOPES_OF_KIND,
  USUAL_KEPT_DAYS
} from '#shared/domain/report/report.ts'
import { LEAST_FILE_PASSWORD } from '#shared/ipc/report-methods.ts'

/** What is typed for a new report. */
export interface ReportForm {
  readonly kind: ReportKind
  readonly from: string
  readonly to: string
  /** '': the whole district; else one official. */
  readonly accountId: string
  readonly purpose: string
  readonly format: ReportFormat
  readonly filePassword: string
  readonly deleteBy: string
  readonly password: string
}

const LEAST_PURPOSE = 5
const MONTH_DAYS = 30

export const freshForm = (today: string): ReportForm => ({
  ...{ kind: 'access_log', from: addDays(today, -MONTH_DAYS), to: today, accountId: '', purpose: '', format: 'xlsx' },
  ...{ filePassword: '', deleteBy: addDays(today, USUAL_KEPT_DAYS), password: '' }
})

export const REPORT_FIELDS = ['from', 'to', 'purpose', 'filePassword', 'deleteBy', 'password'] as const
export type ReportField = (typeof REPORT_FIELDS)[number]

/** What is missing or wrong, in the order of the form. */
export function wrongFields(form: ReportForm, today: string): ReportField[] {
  const isWrong: Record<ReportField, boolean> = {
    from: form.from === '',
    to: form.to === '' || form.to < form.from,
    purpose: form.purpose.trim().length < LEAST_PURPOSE,
    filePassword: form.format === 'xlsx_encrypted' && form.filePassword.length < LEAST_FILE_PASSWORD,
    deleteBy: form.deleteBy === '' || !mayKeepUntil(today, form.deleteBy),
    password: form.password === ''
  }
  return REPORT_FIELDS.filter((field) => isWrong[field])
}

export const asksForPerson = (kind: ReportKind): boolean => SCOPES_OF_KIND[kind].includes('account')

export function formToOrder(id: string, form: ReportForm): ReportOrder {
  const { kind, from, to, accountId, purpose, format, deleteBy } = form
  const isOfOne = accountId !== '' && asksForPerson(kind)
  const scope: ReportOrder['scope'] = isOfOne ? { type: 'account', accountId } : { type: 'district' }
  return { id, kind, from, to, scope, purpose: purpose.trim(), format, deleteBy }
}

/** Proposed to the person who saves it; it says nothing of a citizen. */
export const fileNameOf = (kindText: string, { from, to, format }: ReportForm): string =>
  `${kindText.replaceAll(/[^\p{L}\p{N} ]/gu, ' ')} ${from} ${to}.${format === 'pdf' ? 'pdf' : 'xlsx'}`
