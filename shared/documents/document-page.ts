import { type Html, html } from './html.ts'

/** Who printed what for what, at the foot of each page (안전성 확보조치 기준 12조). */
export interface PrintNote {
  readonly printedBy: string
  readonly printNo: string
  readonly printedAt: string
}

/**
 * A whole document of A4 pages, ready to be printed. The note is the foot of a table around everything: Chromium repeats
 * that on each page, and knows no other foot with our own letters before version 131. `fontBase`: where the two faces of pretendard-gov lie; with a Bold
 * face of its own no letter is made bold by the printer.
 */
export const documentPage = (
  {
    title,
    fontBase,
    note,
    isWide = false
  }: {
    readonly title: string
    readonly fontBase: string
    readonly note: PrintNote
    /** 가로. */
    readonly isWide?: boolean
  },
  body: Html
): string =>
  html`<!doctype html>
<html lang="ko"><head><meta charset="utf-8"><title>${title}</title><style>${styles(fontBase, isWide)}</style></head>
<body><table class="pages"><tbody><tr><td>${body}</td></tr></tbody>
<tfoot><tr><td>출력자 ${note.printedBy} · 출력번호 ${note.printNo} · ${note.printedAt}</td></tr></tfoot></table></body></html>`
    .text

/** Of a font folder that the program itself names; nothing that people type comes here. */
const styles = (fontBase: string, isWide: boolean): Html => html`
@font-face { font-family: Gov; font-weight: 400; src: url("${fontBase}PretendardGOV-Regular.woff2") }
@font-face { font-family: Gov; font-weight: 700; src: url("${fontBase}PretendardGOV-Bold.woff2") }
@page { size: A4 ${isWide ? 'landscape' : 'portrait'}; margin: 18mm 16mm 14mm }
body { margin: 0; font: 400 10.5pt/1.55 Gov; color: #111; word-break: keep-all; overflow-wrap: anywhere }
.edition { margin: 0 0 3mm; font-size: 8.5pt; color: #444 }
header { display: flex; align-items: flex-end; justify-content: space-between; gap: 8mm; margin-bottom: 6mm }
h1 { margin: 0; font-size: 18pt; line-height: 1.3 }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
table { border-collapse: collapse }
th, td { border: 0.3mm solid #555; padding: 2mm 2.5mm; text-align: left; vertical-align: top; font-weight: 400 }
th { background: #eef2f7; font-weight: 700 }
.sheet, .register { width: 100%; table-layout: fixed }
.sheet th { width: 34mm }
.approvals th, .approvals td { width: 22mm; padding: 1mm; text-align: center }
.approvals td { height: 14mm; font-size: 9pt; vertical-align: middle }
.register { font-size: 9pt }
.register thead { display: table-header-group }
.register tr { break-inside: avoid }
.pages { width: 100% }
.pages > * > tr > td { padding: 0 0.5mm; border: 0 }
.pages > tfoot > tr > td { padding-top: 4mm; font-size: 8pt; color: #555; text-align: right }`
