import { noteText, type Paper } from '#shared/papers/paper.ts'
import { numbered } from './numbered.ts'
import { type PartHeights, paginate, type Slice } from './paginate.ts'
import { PaperHead, PartView } from './paper-parts.tsx'
import { UncutPaper } from './uncut-paper.tsx'
import './paper-pages.css'

/** A paper on pages of A4, made by ourselves: no Chromium before 131 prints a foot with our own letters and the number of the page. */

/** The paper on one endless page, to be measured. */
export const EndlessPage = ({ paper }: { paper: Paper }) => (
  <div className="page" data-wide={paper.isWide}>
    <UncutPaper paper={paper} />
  </div>
)

/** Which rows come on which page, by how high they stand on the endless one. */
export function pagesOf(endless: Element, paper: Paper): Slice[][] {
  const parts = [...endless.querySelectorAll('.paper__part')].map(heightsOf)
  const head = heightOf(endless.querySelector('.paper__top'))
  const further = (paper.isWide ? WIDE_ROOM_MM : ROOM_MM) * CSS_PX_A_MM
  return paginate(parts, { first: further - head, further })
}

const CSS_PX_A_MM = 96 / 25.4
/** Of a page's height without its margins and its foot, and with a little to spare for how printing rounds. */
const ROOM_MM = 256
const WIDE_ROOM_MM = 169

function heightsOf(part: Element): PartHeights {
  const rows = [...part.querySelectorAll('[data-row]')].map(heightOf)
  const title = heightOf(part.querySelector(':scope > h2'))
  const head = heightOf(part.querySelector('.paper__table > thead'))
  const tail = heightOf(part.querySelector(':scope > .paper__note'))
  const gap = heightOf(part) - [title, head, tail, ...rows].reduce((sum, height) => sum + height, 0)
  return { gap, title, head, rows, tail }
}

const heightOf = (element: Element | null): number => element?.getBoundingClientRect().height ?? 0

export function PaperPages({ paper, pages }: { paper: Paper; pages: readonly (readonly Slice[])[] }) {
  return numbered(pages).map(({ no, item: slices }) => (
    <article key={no} className="page page--cut paper" data-wide={paper.isWide}>
      {no === 1 && <PaperHead paper={paper} />}
      {slices.map(({ part, from, to }) => {
        const shown = paper.parts[part]
        return shown && <PartView key={`${part} ${from}`} part={shown} rows={{ from, to }} />
      })}
      <footer className="page__foot">
        <span>{paper.note && noteText(paper.note)}</span>
        <span>
          {no} / {pages.length}
        </span>
      </footer>
    </article>
  ))
}
