import { getChoseong } from 'es-hangul'
import FlexSearch from 'flexsearch'
import MiniSearch from 'minisearch'
import { phoneParts } from '#shared/domain/case/phone.ts'
import { type Searchable, searchableOf } from '#shared/domain/search/searchable.ts'
import { recordsOf } from './bench-store.ts'

/**
 * A search library on the same cases, in a process of its own so that its memory weighs on nobody else. Both get what
 * our index has: names, their 초성, phone blocks, running numbers and the words of the address.
 */

export type PeerName = 'minisearch' | 'flexsearch'
export type PeerRequest =
  | {
      readonly type: 'build'
      readonly peer: PeerName
      readonly seed: number
      readonly cases: number
      readonly of: number
    }
  | { readonly type: 'search'; readonly queries: readonly string[] }
export type PeerReply =
  | { readonly type: 'built'; readonly seconds: number; readonly rssMB: number }
  | { readonly type: 'searched'; readonly milliseconds: readonly number[] }

type Search = (text: string) => readonly unknown[]
const SHOWN = 50

let search: Search = () => []

process.on('message', (request: PeerRequest) => {
  const reply: PeerReply = request.type === 'build' ? buildPeer(request) : searchPeer(request.queries)
  process.send?.(reply)
})

function buildPeer({ peer, seed, cases, of }: Extract<PeerRequest, { type: 'build' }>): PeerReply {
  const recordOf = recordsOf({ seed, cases: of })
  const texts: string[] = []
  for (let at = of - cases; at < of; at++) texts.push(textOf(searchableOf(recordOf(at).case)))
  const started = performance.now()
  search = peer === 'minisearch' ? miniSearch(texts) : flexSearch(texts)
  const seconds = (performance.now() - started) / 1000
  return { type: 'built', seconds, rssMB: process.memoryUsage().rss / 1e6 }
}

function searchPeer(queries: readonly string[]): PeerReply {
  const milliseconds = queries.map((query) => {
    const started = performance.now()
    search(query)
    return performance.now() - started
  })
  return { type: 'searched', milliseconds }
}

const textOf = ({ names, phones, road, extra, applicationNo }: Searchable): string =>
  [
    ...names,
    ...names.map((name) => getChoseong(name)),
    ...phones.flatMap((phone) => [phone, ...(phoneParts(phone) ?? [])]),
    road,
    extra,
    applicationNo
  ].join(' ')

function miniSearch(texts: readonly string[]): Search {
  const index = new MiniSearch<{ id: number; text: string }>({ fields: ['text'] })
  index.addAll(texts.map((text, id) => ({ id, text })))
  return (text) => index.search(text, { prefix: true, combineWith: 'AND' }).slice(0, SHOWN)
}

function flexSearch(texts: readonly string[]): Search {
  const index = new FlexSearch.Index({ tokenize: 'full', context: false })
  for (const [id, text] of texts.entries()) index.add(id, text)
  return (text) => index.search(text, { limit: SHOWN })
}
