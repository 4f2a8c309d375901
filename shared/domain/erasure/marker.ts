/**
 * 파기 표지: bytes by which a person, a paper of hers or a key to her data would be found again where nothing of her may be
 * any more. A marker is as secret as what it comes from: it is never printed, logged or sent; what is told is its kind.
 */
export const MARKER_KINDS = [
  'name',
  /** 초성 of a name. */
  'initials',
  'registration_no',
  'phone',
  'account',
  'address',
  'email',
  'login',
  /** A run of letters or digits as the search index of one store keeps it. */
  'search_term',
  'document',
  /** What opens the pieces of a document. */
  'document_key',
  /** The wrapped key of a case, as the centre keeps it: proof for as long as it opens. */
  'case_key'
] as const
export type MarkerKind = (typeof MARKER_KINDS)[number]

export interface Marker {
  readonly kind: MarkerKind
  readonly bytes: Uint8Array
}

/**
 * Fewer bytes prove nothing. A file of a gigabyte of sealed bytes, of which each value is as likely as any other, has a
 * certain six bytes by chance once in 260,000 files, but the markers of a large batch are 100,000; seven bytes come up in
 * one of 700 such searches. So a name of three syllables is looked for in UTF-8 (nine bytes) and not in UTF-16 (six).
 */
export const FEWEST_MARKER_BYTES = 7
/** What is longer is known by its beginning. */
export const MOST_MARKER_BYTES = 64

/** Numbers and texts that one letter or digit over and over, or two, make up stand in many places. */
const FEWEST_LETTERS = 3
/** A piece of a document that has fewer different bytes is padding or a table that all such files have. */
const FEWEST_DOCUMENT_BYTES = 16

const utf8 = new TextEncoder()

export function utf16Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    bytes[at * 2] = unit & 0xff
    bytes[at * 2 + 1] = unit >>> 8
  }
  return bytes
}

/** A text in the encodings in which files hold it; none where it is too short or too plain to prove anything. */
export function textMarkers(kind: MarkerKind, text: string): Marker[] {
  if (new Set(text).size < Math.min(FEWEST_LETTERS, text.length)) return []
  return [utf8.encode(text), utf16Bytes(text)].flatMap((bytes) => bytesMarker(kind, bytes))
}

export const bytesMarker = (kind: MarkerKind, bytes: Uint8Array): Marker[] =>
  bytes.length < FEWEST_MARKER_BYTES ? [] : [{ kind, bytes: bytes.slice(0, MOST_MARKER_BYTES) }]

/** Pieces of a document's content from its inside, as the first bytes of a kind of file are everybody's. */
export function documentMarkers(content: Uint8Array): Marker[] {
  const places = [0.25, 0.5, 0.75].map((part) => Math.floor(content.length * part))
  return places.flatMap((at) => {
    const piece = content.subarray(at, at + MOST_MARKER_BYTES)
    return new Set(piece).size < FEWEST_DOCUMENT_BYTES ? [] : bytesMarker('document', piece)
  })
}

/** Each once: people of a household have one address, and one name in two fields. */
export function distinctMarkers(markers: Iterable<Marker>): Marker[] {
  const known = new Map<string, Marker>()
  for (const marker of markers) known.set(textOfBytes(marker.bytes), marker)
  return [...known.values()]
}

function textOfBytes(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at++) text += String.fromCharCode(bytes[at] ?? 0)
  return text
}
