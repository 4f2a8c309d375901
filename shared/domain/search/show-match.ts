import { maskAddress, maskPhone } from '#shared/domain/case/masking.ts'
import { phoneParts } from '#shared/domain/case/phone.ts'
import type { TextRange, WordMatch } from './match.ts'
import type { Searchable } from './searchable.ts'

/** What to show of a find: the field, its text masked as everywhere, and the ranges in it to mark. */
export interface ShownMatch {
  readonly matched: WordMatch['field']
  readonly shown: string
  readonly marks: readonly TextRange[]
}

/** Of several words, the first that was found outside the columns of the list is shown; else the first. */
export function showMatch(matches: readonly WordMatch[], searchable: Searchable): ShownMatch | null {
  const main = matches.find(({ field }) => field !== 'applicantName' && field !== 'applicationNo') ?? matches[0]
  if (main === undefined) return null
  const together = matches.filter((match) => isSamePlace(match, main))
  if (main.field === 'address') return showAddress(together, searchable)
  const shown = shownText(main, searchable)
  return { matched: main.field, shown, marks: mergeRanges(together.map((match) => shownRange(match))) }
}

const isSamePlace = (one: WordMatch, other: WordMatch): boolean =>
  one.field === other.field && ('text' in one ? 'text' in other && one.text === other.text : true)

function shownText(match: WordMatch, searchable: Searchable): string {
  if (match.field === 'applicationNo' || match.field === 'address') return searchable.applicationNo
  return match.field === 'phone' ? maskPhone(match.text) : match.text
}

const shownRange = (match: WordMatch): TextRange =>
  match.field === 'phone' ? rangeWithHyphens(match.text, match.range) : match.range

/** A range of a phone's digits as a range of its shown form, which has the same digits or stars between hyphens. */
function rangeWithHyphens(digits: string, [start, end]: TextRange): TextRange {
  const parts = phoneParts(digits) ?? [digits]
  const hyphensBefore = (digit: number): number => {
    let before = 0
    let last = 0
    for (const part of parts) {
      last += part.length
      if (last <= digit) before += 1
    }
    return before
  }
  return [start + hyphensBefore(start), end + hyphensBefore(end - 1)]
}

/** Road, building number and the rest in one line. What is masked is marked as a whole when the find lies in it. */
function showAddress(matches: readonly WordMatch[], { road, building, extra }: Searchable): ShownMatch {
  const masked = maskAddress({ postcode: '', road, building, detail: '', extra })
  const clear = { road, building, extra }
  const opening = { road: '', building: ' ', extra: ' (' }
  let shown = ''
  const marks: TextRange[] = []
  for (const part of ['road', 'building', 'extra'] as const) {
    if (masked[part] === '') continue
    shown += opening[part]
    for (const match of matches) {
      if (match.field !== 'address' || match.part !== part) continue
      const [start, end] = visibleRange(match.range, clear[part], masked[part])
      marks.push([shown.length + start, shown.length + end])
    }
    shown += part === 'extra' ? `${masked[part]})` : masked[part]
  }
  return { matched: 'address', shown, marks: mergeRanges(marks) }
}

function visibleRange(range: TextRange, clear: string, masked: string): TextRange {
  if (masked.startsWith(clear.slice(0, range[1]))) return range
  const stars = masked.indexOf('*')
  return [Math.max(0, stars), masked.length]
}

function mergeRanges(ranges: readonly TextRange[]): TextRange[] {
  const merged: TextRange[] = []
  for (const range of [...ranges].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = merged.at(-1)
    if (last !== undefined && range[0] <= last[1]) merged[merged.length - 1] = [last[0], Math.max(last[1], range[1])]
    else merged.push(range)
  }
  return merged
}
