/**
 * Sealed parts of copies that stand, as every PC of an office fetches them on the same morning: in the database they are
 * text to read digit by digit. Whether a PC may have a part is asked of the ledger each time.
 */
export interface PartCache {
  get(snapshotId: string, no: number): Uint8Array | null
  put(snapshotId: string, no: number, part: Uint8Array): void
  /** Those of which it has a part. */
  copies(): string[]
  drop(snapshotIds: readonly string[]): void
}

/** Of four hundred thousand cases. */
const MOST_BYTES = 128 * 1024 * 1024

/** What does not fit is not kept: a copy is read from its first part to its last, so the newest is wanted last. */
export function createPartCache(mostBytes = MOST_BYTES): PartCache {
  const copies = new Map<string, Map<number, Uint8Array>>()
  let bytes = 0
  return {
    get: (snapshotId, no) => copies.get(snapshotId)?.get(no) ?? null,
    put: (snapshotId, no, part) => {
      const parts = copies.get(snapshotId) ?? new Map<number, Uint8Array>()
      if (parts.has(no) || bytes + part.length > mostBytes) return
      copies.set(snapshotId, parts.set(no, part))
      bytes += part.length
    },
    copies: () => [...copies.keys()],
    drop: (snapshotIds) => {
      for (const id of snapshotIds) {
        for (const part of copies.get(id)?.values() ?? []) bytes -= part.length
        copies.delete(id)
      }
    }
  }
}
