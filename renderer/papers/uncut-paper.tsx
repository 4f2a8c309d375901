import type { Paper } from '#shared/papers/paper.ts'
import { numbered } from './numbered.ts'
import { PaperHead, PartView, rowsIn } from './paper-parts.tsx'

/** A whole paper below one another, as it is looked at on the screen and measured before it is cut into pages. */
export function UncutPaper({ paper }: { paper: Paper }) {
  return (
    <article className="paper">
      <div className="paper__top">
        <PaperHead paper={paper} />
      </div>
      {numbered(paper.parts).map(({ no, item: part }) => (
        <PartView key={no} part={part} rows={{ from: 0, to: rowsIn(part) }} />
      ))}
    </article>
  )
}
