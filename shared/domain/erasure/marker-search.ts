import { FEWEST_MARKER_BYTES, type Marker, type MarkerKind, MOST_MARKER_BYTES } from './marker.ts'

/**
 * Looks for many markers at once in bytes that come piece by piece. A filter of bits says of nearly every place in one
 * step that no marker begins there; memory is the markers and one piece, whatever the size of the file. (An automaton of
 * Aho and Corasick for the million markers of a large batch takes gigabytes.)
 */
export interface MarkerSearch {
  /** The next bytes of the same file. */
  take(piece: Uint8Array): void
  /** The file is over; the next piece is of another one. */
  endFile(): void
  /** Bytes that were taken. */
  readonly bytes: number
  /** How often each marker was found, by its place in the list. */
  readonly found: ReadonlyMap<number, number>
}

/** How many of each kind were found: what may be told of a search. */
export type Residues = Partial<Record<MarkerKind, number>>

export function createMarkerSearch(markers: MarkerSet): MarkerSearch {
  const found = new Map<number, number>()
  let bytes = 0
  let work: Uint8Array = new Uint8Array(0)
  let kept = 0
  const note = (index: number): void => void found.set(index, (found.get(index) ?? 0) + 1)
  return {
    found,
    get bytes() {
      return bytes
    },
    take: (piece) => {
      bytes += piece.length
      if (work.length < kept + piece.length) work = grown(work, kept + piece.length)
      work.set(piece, kept)
      const end = kept + piece.length
      const upTo = Math.max(0, end - MOST_MARKER_BYTES + 1) // from there on a marker may not be whole yet
      markers.findIn(work.subarray(0, end), upTo, note)
      work.copyWithin(0, upTo, end)
      kept = end - upTo
    },
    endFile: () => {
      markers.findIn(work.subarray(0, kept), kept, note)
      work.fill(0, 0, kept)
      kept = 0
    }
  }
}

function grown(old: Uint8Array, size: number): Uint8Array {
  const more = new Uint8Array(size)
  more.set(old)
  return more
}

/** `isExplained`: a living case or an official has the marker too, so it proves nothing. */
export function residuesOf(
  markers: readonly Marker[],
  found: ReadonlyMap<number, number>,
  isExplained: (marker: Marker) => boolean = () => false
): Residues {
  const residues: Residues = {}
  for (const [index, count] of found) {
    const marker = markers[index]
    if (marker === undefined || isExplained(marker)) continue
    residues[marker.kind] = (residues[marker.kind] ?? 0) + count
  }
  return residues
}

export interface MarkerSet {
  readonly size: number
  /** Each marker that begins before `upTo`, by its place in the list. */
  findIn(bytes: Uint8Array, upTo: number, note: (index: number) => void): void
}

const FEWEST_FILTER_BITS = 16
const MOST_FILTER_BITS = 27
/** Bits of the filter for each marker: one place in sixteen of those that hold nothing is looked at twice. */
const BITS_A_MARKER = 16

/** Made once for all files of a search. */
export function createMarkerSet(markers: readonly Marker[]): MarkerSet {
  const bits = Math.min(
    MOST_FILTER_BITS,
    Math.max(FEWEST_FILTER_BITS, Math.ceil(Math.log2(Math.max(1, markers.length) * BITS_A_MARKER)))
  )
  const shift = 32 - bits
  const filter = new Uint32Array(2 ** bits / 32)
  const buckets = new Map<number, number[]>()
  for (const [index, { bytes }] of markers.entries()) {
    const hash = beginHash(bytes)
    const slot = hash >>> shift
    filter[slot >>> 5] = (filter[slot >>> 5] ?? 0) | (1 << (slot & 31))
    const known = buckets.get(hash)
    if (known === undefined) buckets.set(hash, [index])
    else known.push(index)
  }
  const check = (bytes: Uint8Array, at: number, note: (index: number) => void, hash: number): void => {
    for (const index of buckets.get(hash) ?? []) if (isAt(bytes, at, markers[index])) note(index)
  }
  return {
    size: markers.length,
    findIn: (bytes, upTo, note) => {
      if (markers.length === 0) return
      const end = Math.min(bytes.length, upTo + FEWEST_MARKER_BYTES - 1)
      let [before, last] = [0, 0]
      for (let at = 0; at < end; at++) {
        before = ((before << 8) | (last >>> 24)) & BEFORE_BYTES
        last = (last << 8) | (bytes[at] ?? 0)
        const hash = (Math.imul(before, 0x9e3779b1) ^ Math.imul(last, 0x85ebca6b)) >>> 0
        const slot = hash >>> shift
        if (((filter[slot >>> 5] ?? 0) & (1 << (slot & 31))) !== 0 && at >= FEWEST_MARKER_BYTES - 1)
          check(bytes, at - FEWEST_MARKER_BYTES + 1, note, hash)
      }
    }
  }
}

/** Three bytes, then four: the seven that every marker has. */
const BEFORE_BYTES = 0xffffff

function beginHash(bytes: Uint8Array): number {
  let [before, last] = [0, 0]
  for (let at = 0; at < FEWEST_MARKER_BYTES; at++) {
    before = ((before << 8) | (last >>> 24)) & BEFORE_BYTES
    last = (last << 8) | (bytes[at] ?? 0)
  }
  return (Math.imul(before, 0x9e3779b1) ^ Math.imul(last, 0x85ebca6b)) >>> 0
}

function isAt(bytes: Uint8Array, start: number, marker: Marker | undefined): boolean {
  if (marker === undefined || start + marker.bytes.length > bytes.length) return false
  for (let at = 0; at < marker.bytes.length; at++) if (bytes[start + at] !== marker.bytes[at]) return false
  return true
}
