import { MARKER_KINDS, type Marker } from './marker.ts'

/** Markers as they are sealed: of each its kind, its length and its bytes. The order of the kinds lies in databases. */
export function packMarkers(markers: readonly Marker[]): Uint8Array {
  const packed = new Uint8Array(markers.reduce((sum, { bytes }) => sum + 2 + bytes.length, 0))
  let at = 0
  for (const { kind, bytes } of markers) {
    packed.set([MARKER_KINDS.indexOf(kind), bytes.length], at)
    packed.set(bytes, at + 2)
    at += 2 + bytes.length
  }
  return packed
}

export function unpackMarkers(packed: Uint8Array): Marker[] {
  const markers: Marker[] = []
  for (let at = 0; at < packed.length; ) {
    const [kind, length] = [MARKER_KINDS[packed[at] ?? -1], packed[at + 1] ?? 0]
    if (kind === undefined) throw new Error('markers of a later program')
    markers.push({ kind, bytes: packed.slice(at + 2, at + 2 + length) })
    at += 2 + length
  }
  return markers
}
