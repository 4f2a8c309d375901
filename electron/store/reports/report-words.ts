import koLog from '#resources/locales/ko/access-log.json' with { type: 'json' }
import koDomain from '#resources/locales/ko/domain.json' with { type: 'json' }
import koProvision from '#resources/locales/ko/provision.json' with { type: 'json' }
import texts from '#resources/reports/audit-report.json' with { type: 'json' }
import { districtByCode } from '#shared/domain/district/district.ts'
import type { ReportKind, ReportScope } from '#shared/domain/report/report.ts'
import type { Cell, ReportColumn } from '#shared/domain/report/report-columns.ts'
import type { ReportFact } from '#shared/sync-protocol/report-lines.ts'
import { carriedPolicies } from '../policy/policies.ts'

/** The words of a report. Official papers are in Korean alone. */

export interface Names {
  readonly accounts: Readonly<Record<string, string>>
  readonly pcs: Readonly<Record<string, string>>
}

type Words = Readonly<Record<string, string>>

/** As the newest version calls them. */
const recipientNames = (): Words =>
  Object.fromEntries(
    carriedPolicies().flatMap(({ provisions }) =>
      provisions.flatMap(({ recipients }) => recipients.map(({ id, name }) => [id, name]))
    )
  )

const CODES: Readonly<Record<string, Words>> = {
  ...texts.code,
  act: koDomain.act,
  marks: koLog.mark,
  role: koDomain.role,
  method: koDomain.consentMethod,
  answeredBy: koDomain.representative,
  guardianCheck: koDomain.guardianCheck,
  batchState: koDomain.batchState,
  standing: koProvision.standing,
  recipient: recipientNames()
}
const COLUMN_TITLES: Words = texts.column
const DETAIL_NAMES: Words = koLog.detail
const DETAIL_CODES: Words = koLog.code

export const SHEETS = texts.sheet
/** Why the register says that a file is deleted that never came to its place. */
export const NOT_SAVED = texts.notSaved
export const COVER = texts.cover
export const PAPER = texts.paper
export const kindText = (kind: ReportKind): string => texts.kind[kind]
export const factText = (fact: ReportFact): string => texts.fact[fact]
export const columnTitle = ({ name }: ReportColumn): string => COLUMN_TITLES[name] ?? name
export const districtText = (code: string): string => `서울특별시 ${districtByCode(code)?.name ?? code}`

/** A code that only a newer program knows stays as it is. */
export function wordsOf({ name }: ReportColumn, code: string): string {
  const words = CODES[name] ?? {}
  return code
    .split(' ')
    .map((one) => words[one] ?? one)
    .join(', ')
}

export function cellOf(column: ReportColumn, value: Cell, names: Names): Cell {
  if (value === null) return null
  switch (column.type) {
    case 'account':
      return names.accounts[value] ?? value
    case 'pc':
      return names.pcs[value] ?? value
    case 'code':
      return wordsOf(column, String(value))
    case 'detail':
      return String(value).split(', ').map(detailText).join(', ')
    default:
      return value
  }
}

function detailText(part: string): string {
  const at = part.indexOf(': ')
  if (at < 0) return part
  const [name, value] = [part.slice(0, at), part.slice(at + 2)]
  return `${DETAIL_NAMES[name] ?? name}: ${DETAIL_CODES[value] ?? value}`
}

export function scopeText(scope: ReportScope, districtCode: string, names: Names): string {
  switch (scope.type) {
    case 'district':
      return texts.scope.district.replace('{{district}}', districtText(districtCode))
    case 'account':
      return texts.scope.account.replace('{{name}}', names.accounts[scope.accountId] ?? scope.accountId)
    case 'pc':
      return texts.scope.pc.replace('{{name}}', names.pcs[scope.deviceId] ?? scope.deviceId)
    case 'case':
      return texts.scope.case.replace('{{id}}', scope.caseId)
  }
}
