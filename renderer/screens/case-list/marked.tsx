type Marks = ReadonlyArray<readonly [start: number, end: number]>

/** A text with the places marked where the search found it. */
export function Marked({ text, marks }: { text: string; marks: Marks }) {
  const ordered = [...marks].sort(([one], [other]) => one - other)
  const parts: { from: number; text: string; marked: boolean }[] = []
  let at = 0
  for (const [start, end] of ordered) {
    const from = Math.max(start, at)
    if (end <= from) continue
    if (from > at) parts.push({ from: at, text: text.slice(at, from), marked: false })
    parts.push({ from, text: text.slice(from, end), marked: true })
    at = end
  }
  if (at < text.length) parts.push({ from: at, text: text.slice(at), marked: false })
  return parts.map((part) => (part.marked ? <mark key={part.from}>{part.text}</mark> : part.text))
}
