import { bytesMarker, FEWEST_MARKER_BYTES, type Marker } from './marker.ts'

/**
 * Terms of the search index (names, 초성, phones and addresses in runs of one to three) as one store keeps them: at the
 * beginning of a row's number, seven bits a byte, and as 64-bit numbers of what has gathered lately. A term is proof only
 * where no living case has it: a syllable of a name is everybody's.
 */
export const termMarkers = (terms: Iterable<number>): Marker[] =>
  [...terms].flatMap((term) => [
    ...bytesMarker('search_term', rowNumberBegin(term)),
    ...bytesMarker('search_term', new Uint8Array(Float64Array.of(term).buffer))
  ])

const BLOCKS_PER_TERM = 65_536n
const SEVEN_BITS = 0x7fn

/** SQLite's varint of `term * 65536`, up to where the number of the block begins. */
function rowNumberBegin(term: number): Uint8Array {
  const number = BigInt(term) * BLOCKS_PER_TERM
  const groups: number[] = []
  const isLong = number >= 1n << 56n
  for (let rest = isLong ? number >> 8n : number; rest > 0n; rest >>= 7n) {
    groups.unshift(Number(rest & SEVEN_BITS) | 0x80)
  }
  return Uint8Array.from(groups.slice(0, FEWEST_MARKER_BYTES))
}
