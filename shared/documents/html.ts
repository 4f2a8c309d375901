/** HTML that is safe to put together: what is not HTML already is text, and is escaped. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type HtmlPart = Html | string | number | null | readonly HtmlPart[]

/** The tag of a template: `html\`<p>${name}</p>\``. Places for attributes stand in double quotes. */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return new Html(strings.map((text, at) => (at === 0 ? text : textOf(parts[at - 1] ?? null) + text)).join(''))
}

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
}
/** What a text may hold and no paper shows, but for tab and line: it could turn the reading order round, or hide in a copy. */
const UNSEEN = /(?![\t\n])[\p{Cc}\p{Cf}]/gu

function textOf(part: HtmlPart): string {
  if (part === null) return ''
  if (part instanceof Html) return part.text
  if (typeof part === 'object') return part.map(textOf).join('')
  return String(part)
    .replace(UNSEEN, '')
    .replace(/[&<>"']/g, (char) => ESCAPED[char] ?? '')
}
