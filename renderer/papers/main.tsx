import '../design-system/fonts.css'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { paperSchema } from '#shared/papers/paper.ts'
import { EndlessPage, PaperPages, pagesOf } from './paper-pages.tsx'

/** The page of the hidden window that prints. It has no bridge to anything: main hands it one paper and prints it. */

window.__zod_globalConfig = Object.assign(window.__zod_globalConfig ?? {}, { jitless: true })

window.layOutPaper = async (content) => {
  const paper = paperSchema.parse(content)
  const place = document.getElementById('root')
  if (place === null) throw new Error('the page has no place for a paper')
  document.title = paper.title
  const root = createRoot(place)
  flushSync(() => root.render(<EndlessPage paper={paper} />))
  await Promise.all(FACES.map((face) => document.fonts.load(face, paper.title)))
  const pages = pagesOf(place, paper)
  flushSync(() => root.render(<PaperPages paper={paper} pages={pages} />))
  await document.fonts.ready
}

const FACES = ['400 10pt "Pretendard GOV"', '700 10pt "Pretendard GOV"']
