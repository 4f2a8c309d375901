import enList from '#resources/locales/en/case-list.json' with { type: 'json' }
import enDomain from '#resources/locales/en/domain.json' with { type: 'json' }
import koList from '#resources/locales/ko/case-list.json' with { type: 'json' }
import koDomain from '#resources/locales/ko/domain.json' with { type: 'json' }
import { dongByCode } from '#shared/domain/district/dong.ts'
import type { CaseListRequest, Settings } from '#shared/ipc/contract.ts'
import type { CaseRow } from '#shared/ipc/views.ts'
import { spreadsheetText } from '#shared/papers/spreadsheet-text.ts'
import type { ReadableDb } from '../db/database.ts'
import { listCases } from '../queries/case-list.ts'

const TEXTS = {
  ko: { column: koList.column, domain: koDomain },
  en: { column: enList.column, domain: enDomain }
}
const COLUMNS = ['applicationNo', 'applicantName', 'service', 'dongCode', 'state', 'appliedOn', 'dueOn'] as const

/** A copy is for a report, not for a way round the program: longer lists are cut here. */
const MOST_ROWS = 10_000

/** The list as tab-separated text for a spreadsheet, its heading first, and the cases that stand in it. */
export function copyList(
  db: ReadableDb,
  request: Pick<CaseListRequest, 'filter' | 'sort'> & { me: string; locale: Settings['locale'] }
): { text: string; caseIds: string[] } {
  const texts = TEXTS[request.locale]
  const rows = allRows(db, request)
  const lines = rows.map((row) => cellsOf(row, texts.domain).map(spreadsheetText).join('\t'))
  const heading = COLUMNS.map((column) => texts.column[column]).join('\t')
  return { text: `${[heading, ...lines].join('\r\n')}\r\n`, caseIds: rows.map(({ id }) => id) }
}

function allRows(db: ReadableDb, request: Pick<CaseListRequest, 'filter' | 'sort'> & { me: string }): CaseRow[] {
  const { filter, sort } = request
  const rows: CaseRow[] = []
  let from: CaseListRequest['from'] = { at: 'first' }
  for (;;) {
    const page = listCases(db, { filter, sort, from }, request.me)
    if (!page.ok) throw new Error('the list does not read its own place')
    rows.push(...page.value.rows)
    if (page.value.next === null || rows.length >= MOST_ROWS) return rows.slice(0, MOST_ROWS)
    from = { at: 'place', place: page.value.next }
  }
}

const cellsOf = (row: CaseRow, domain: typeof koDomain): string[] => [
  row.applicationNo,
  row.applicantName,
  domain.service[row.service],
  dongByCode(row.dongCode)?.name ?? row.dongCode,
  domain.caseState[row.state],
  row.appliedOn,
  row.dueOn ?? ''
]
