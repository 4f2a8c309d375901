import type { ReadRows, ReportHead } from './report-rows.ts'
import { COVER, districtText, factText, kindText, scopeText } from './report-words.ts'

export const dayText = (day: string): string => `${day.replaceAll('-', '. ')}.`
export const grouped = (n: number): string => n.toLocaleString('ko-KR')
const KOREA_AHEAD_MS = 9 * 3_600_000
export const instantText = (at: string): string => {
  const local = new Date(Date.parse(at) + KOREA_AHEAD_MS).toISOString()
  return `${dayText(local.slice(0, 10))} ${local.slice(11, 19)}`
}

/** What the cover says, label by label. */
export function coverFacts(
  { order, number, districtCode, authorName, orderedAt }: ReportHead,
  read: ReadRows
): Array<readonly [string, string]> {
  return [
    [COVER.title, kindText(order.kind)],
    [COVER.number, number],
    [COVER.district, districtText(districtCode)],
    [COVER.period, `${dayText(order.from)} ~ ${dayText(order.to)}`],
    [COVER.scope, scopeText(order.scope, districtCode, read.names)],
    [COVER.purpose, order.purpose],
    [COVER.author, authorName],
    [COVER.orderedAt, instantText(orderedAt)],
    [COVER.rows, grouped(read.rows)],
    [COVER.rowsDigest, read.digest],
    [COVER.deleteBy, dayText(order.deleteBy)],
    [COVER.signature, COVER.signatureText],
    ...read.facts.map(({ name, n }) => [factText(name), grouped(n)] as const)
  ]
}

/** How many rows of each kind there are, the most frequent first. */
export const coverCounts = ({ counts }: ReadRows): Array<readonly [string, string]> =>
  [...counts].sort(([, a], [, b]) => b - a).map(([word, n]) => [word, grouped(n)])
