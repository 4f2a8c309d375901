/**
 * A spreadsheet runs what begins with one of these as a formula, also when a cell is copied into another file or saved as
 * CSV; an apostrophe makes it text. Line breaks and tabs would become further cells.
 */
export function spreadsheetText(text: string): string {
  const oneLine = text.replaceAll(/[\t\r\n]+/g, ' ')
  return /^[\s\u200b-\u200f\ufeff]*[=+\-@＝＋－＠]/.test(oneLine) ? `'${oneLine}` : oneLine
}
