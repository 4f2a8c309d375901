import { parentPort, workerData } from 'node:worker_threads'
import { emitTerms } from '#shared/domain/search/search-terms.ts'
import { unpackSearchable } from '#shared/domain/search/searchable.ts'
import { TermHasher, termKeyOf } from '#shared/domain/search/term-hash.ts'
import { PostingAccumulator } from '#shared/store-format/postings/posting-accumulator.ts'
import { encodePostings } from '#shared/store-format/postings/posting-block.ts'
import { blockKey } from '#shared/store-format/postings/posting-store.ts'
import {
  type Blocks,
  CUT,
  type FromGatherer,
  type GatherStart,
  type PackedTexts,
  type ToGatherer
} from './gather-messages.ts'

/** A thread beside the one that stores: it makes the posting lists of a download while the rows still come. */

/** Written in a few milliseconds. */
const MOST_BLOCKS = 2500

const hasher = new TermHasher(termKeyOf((workerData as GatherStart).termKey))
const accumulator = new PostingAccumulator()
let lists: Iterator<readonly [term: number, nos: Uint32Array]> | null = null

function gather({ firstNo, text, ends }: PackedTexts): void {
  let no = firstNo
  const sink = (term: number): void => accumulator.add(term, no)
  let from = 0
  for (const end of ends) {
    const cut = text.indexOf(CUT, from)
    emitTerms(unpackSearchable(text.slice(cut + 1, end), text.slice(from, cut)), hasher, sink)
    from = end
    no += 1
  }
}

function nextBlocks(): Blocks {
  lists ??= accumulator.drain()
  const keys: bigint[] = []
  const parts: Uint8Array[] = []
  while (keys.length < MOST_BLOCKS && lists !== null) {
    const next = lists.next()
    if (next.done === true) lists = null
    else {
      const [term, nos] = next.value
      for (const { start, bytes } of encodePostings(nos)) {
        keys.push(blockKey(term, start))
        parts.push(bytes)
      }
    }
  }
  return { keys: BigInt64Array.from(keys), ...joined(parts), areLast: lists === null }
}

function joined(parts: readonly Uint8Array[]): Pick<Blocks, 'ends' | 'bytes'> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let end = 0
  const ends = Uint32Array.from(parts, (part) => {
    bytes.set(part, end)
    end += part.length
    return end
  })
  return { ends, bytes }
}

const post = (message: FromGatherer, transfer: ArrayBuffer[] = []): void => parentPort?.postMessage(message, transfer)

parentPort?.on('message', (message: ToGatherer) => {
  switch (message.type) {
    case 'cases':
      gather(message)
      post({ type: 'done' })
      break
    case 'blocks': {
      const blocks = nextBlocks()
      const { keys, ends, bytes } = blocks
      post(
        { type: 'blocks', ...blocks },
        [keys, ends, bytes].map(({ buffer }) => buffer as ArrayBuffer)
      )
      break
    }
    case 'clear':
      lists = null
      accumulator.clear()
      post({ type: 'done' })
      break
  }
})
