import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { TimelineEntry } from '#shared/ipc/views.ts'

/** A line of the history: the same act by the same person in a row counts as one, with how often. */
export interface TimelineLine {
  readonly key: string
  readonly entry: TimelineEntry
  readonly times: number
}

/** Newest first. */
export function timelineLines(timeline: readonly TimelineEntry[]): TimelineLine[] {
  const ordered = [...timeline].sort((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0))
  const lines: TimelineLine[] = []
  for (const entry of ordered) {
    const last = lines.at(-1)
    if (last && isSameAct(last.entry, entry)) lines[lines.length - 1] = { ...last, times: last.times + 1 }
    else lines.push({ key: `${entry.at}-${entry.type}-${lines.length}`, entry, times: 1 })
  }
  return lines
}

const isSameAct = (one: TimelineEntry, other: TimelineEntry): boolean =>
  one.type === 'access' &&
  other.type === 'access' &&
  one.act === other.act &&
  one.by === other.by &&
  one.field === other.field &&
  koreanDayOf(one.at) === koreanDayOf(other.at)
