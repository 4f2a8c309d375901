import type { Cell, ColumnType } from '#shared/domain/report/report-columns.ts'
import type { ZipStream } from './zip-stream.ts'

/**
 * A workbook (XLSX) that is written row by row. Its sheets are shown in the order of `SheetPlace`, in whatever order they
 * are written. What is a text stays one, whatever it looks like: nothing of it is ever calculated.
 */

export interface SheetColumn {
  readonly title: string
  readonly type: Extract<ColumnType, 'instant' | 'day' | 'number' | 'text'>
  readonly width: number
}

export interface Sheet {
  readonly name: string
  /** With titles the first row stays in sight and can be filtered; without, the first column is bold. */
  readonly columns: readonly SheetColumn[]
  readonly hasTitles: boolean
  readonly rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>
}

export interface Workbook {
  add(sheet: Sheet): Promise<void>
  /** `order`: the names of the sheets as they are to be shown. */
  end(order: readonly string[]): Promise<void>
}

/** A sheet ends there for every spreadsheet program. */
export const MOST_SHEET_ROWS = 1_000_000
const MOST_CELL_CHARS = 32_767
const CUT = '… (잘림)'
/** Characters of one piece that goes to be packed. */
const PIECE_CHARS = 64 * 1024

/** Of `styles.xml`, in its order. */
const STYLE = { plain: 0, title: 1, instant: 2, day: 3, number: 4, text: 5, quoted: 6, bold: 7 } as const

export function createWorkbook(zip: ZipStream): Workbook {
  const names: string[] = []
  return {
    add: async (sheet) => {
      names.push(sheet.name)
      await zip.add(`xl/worksheets/sheet${names.length}.xml`, sheetXml(sheet))
    },
    end: async (order) => {
      const sheets = order.map((name) => ({ name, no: names.indexOf(name) + 1 }))
      // Plain: an encrypted file has to have 4 KiB, also a report without a row.
      await zip.addPlain('xl/styles.xml', STYLES)
      await zip.addPlain('xl/workbook.xml', workbookXml(sheets))
      await zip.addPlain('xl/_rels/workbook.xml.rels', workbookRelations(sheets.length))
      await zip.addPlain('_rels/.rels', RELATIONS)
      await zip.addPlain('[Content_Types].xml', contentTypes(sheets.length))
    }
  }
}

async function* sheetXml({ columns, hasTitles, rows }: Sheet): AsyncGenerator<string> {
  yield sheetHead(columns, hasTitles)
  let text = hasTitles
    ? rowXml(
        1,
        columns.map(({ title }) => textCell(title, STYLE.title))
      )
    : ''
  let no = hasTitles ? 1 : 0
  for await (const row of rows) {
    no += 1
    text += rowXml(
      no,
      columns.map(({ type }, at) => cellXml(row[at] ?? null, type, !hasTitles && at === 0))
    )
    if (text.length < PIECE_CHARS) continue
    yield text
    text = ''
  }
  const filter = hasTitles ? `<autoFilter ref="A1:${letterOf(columns.length - 1)}${no}"/>` : ''
  yield `${text}</sheetData>${filter}</worksheet>`
}

function sheetHead(columns: readonly SheetColumn[], hasTitles: boolean): string {
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
  const widths = columns.map(
    ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`
  )
  return (
    `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">${hasTitles ? pane : ''}</sheetView>` +
    `</sheetViews><cols>${widths.join('')}</cols><sheetData>`
  )
}

/** Cells without a value are left out; the others say where they are. */
const rowXml = (no: number, cells: readonly (((place: string) => string) | null)[]): string =>
  `<row r="${no}">${cells.map((cell, at) => cell?.(`${letterOf(at)}${no}`) ?? '').join('')}</row>`

function cellXml(value: Cell, type: SheetColumn['type'], isBold: boolean): ((place: string) => string) | null {
  if (value === null || value === '') return null
  if (type === 'text') return textCell(String(value), isBold ? STYLE.bold : STYLE.text)
  const number = type === 'number' ? Number(value) : serialOf(String(value), type)
  return Number.isFinite(number)
    ? (place) => `<c r="${place}" s="${STYLE[type]}"><v>${number}</v></c>`
    : textCell(String(value), STYLE.text)
}

/** What a person would start a formula with is marked as text, so that it stays one when somebody edits the cell. */
function textCell(text: string, style: number): (place: string) => string {
  const marked = style === STYLE.text && /^[=+\-@\t\r]/.test(text) ? STYLE.quoted : style
  return (place) =>
    `<c r="${place}" s="${marked}" t="inlineStr"><is><t xml:space="preserve">${escaped(shortened(text))}</t></is></c>`
}

const shortened = (text: string): string =>
  text.length <= MOST_CELL_CHARS
    ? text
    : `${text.slice(0, MOST_CELL_CHARS - CUT.length).replace(/[\ud800-\udbff]$/, '')}${CUT}`

/** What XML cannot hold is left out, with all other control characters; `_x0041_` would be read as a letter, so its first mark is written in that way itself. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '')
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')

const DAY_MS = 86_400_000
const KOREA_AHEAD_MS = 9 * 3_600_000
/** Days from the beginning of the calendar of spreadsheets to 1970. */
const EPOCH = 25_569

/** A day, or an instant by the clock of Korea, as spreadsheets count them. */
function serialOf(value: string, type: 'instant' | 'day'): number {
  const ms = type === 'day' ? Date.parse(`${value}T00:00:00.000Z`) : Date.parse(value) + KOREA_AHEAD_MS
  return ms / DAY_MS + EPOCH
}

const letterOf = (at: number): string => String.fromCharCode(65 + at)

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const font = (bold: boolean): string => `<font>${bold ? '<b/>' : ''}<sz val="10"/><name val="맑은 고딕"/></font>`
const cellStyle = (
  format: number,
  over: { font?: number; fill?: number; quoted?: boolean; wrap?: boolean } = {}
): string =>
  `<xf numFmtId="${format}" fontId="${over.font ?? 0}" fillId="${over.fill ?? 0}" borderId="0" xfId="0" applyNumberFormat="1"` +
  `${over.font ? ' applyFont="1"' : ''}${over.fill ? ' applyFill="1"' : ''}${over.quoted ? ' quotePrefix="1"' : ''}` +
  ` applyAlignment="1"><alignment vertical="top"${over.wrap ? ' wrapText="1"' : ''}/></xf>`
const AS_TEXT = 49
const STYLES =
  `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>` +
  '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="166" formatCode="#,##0"/></numFmts>' +
  `<fonts count="2">${font(false)}${font(true)}</fonts>` +
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFEEF2F7"/></patternFill></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="8">' +
  [
    ...[cellStyle(0), cellStyle(AS_TEXT, { font: 1, fill: 2 }), cellStyle(164), cellStyle(165), cellStyle(166)],
    ...[cellStyle(AS_TEXT), cellStyle(AS_TEXT, { quoted: true }), cellStyle(AS_TEXT, { font: 1 })]
  ].join('') +
  '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'

const RELATIONS =
  `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" ` +
  'Target="xl/workbook.xml"/></Relationships>'

const workbookXml = (sheets: ReadonlyArray<{ readonly name: string; readonly no: number }>): string =>
  `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>` +
  sheets.map(({ name, no }, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${no}"/>`).join('') +
  '</sheets></workbook>'

const each = (count: number, text: (no: number) => string): string =>
  Array.from({ length: count }, (_, at) => text(at + 1)).join('')

const workbookRelations = (sheets: number): string =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">` +
  each(sheets, (no) => `<Relationship Id="rId${no}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${no}.xml"/>`) +
  `<Relationship Id="rId${sheets + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`

const contentTypes = (sheets: number): string =>
  `${XML}<Types xmlns="${PACKAGE}/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/>` +
  each(
    sheets,
    (no) => `<Override PartName="/xl/worksheets/sheet${no}.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/>`
  ) +
  `<Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/></Types>`
