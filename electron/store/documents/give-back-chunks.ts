import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { StoreDb } from '../db/database.ts'
import { META_KEYS, readMetaNumber, writeMeta } from '../db/meta.ts'
import type { ChunkClient } from './chunk-client.ts'
import { chunkContent } from './chunk-rows.ts'

export interface GiveBackChunksDeps {
  readonly db: StoreDb
  readonly client: ChunkClient
  readonly signal: AbortSignal
}

/**
 * A centre that came back from a backup may lack pieces of documents that stand in their cases: sends those of them that
 * lie here. Broken off anywhere, the next call goes on in the centre's list where this one was; a piece that the centre
 * does not take (its case is gone, or it is not what it was) is passed over.
 */
export async function giveBackChunks(deps: GiveBackChunksDeps): Promise<Result<null, { type: 'Unreachable' }>> {
  const { db, client, signal } = deps
  for (;;) {
    const after = readMetaNumber(db, META_KEYS.chunksAskedUpTo)
    if (readMetaNumber(db, META_KEYS.missingChunk) <= after) return ok(null)
    const missing = await client.missing(after, signal)
    if (!missing.ok || signal.aborted) return err({ type: 'Unreachable' })
    for (const place of missing.value.chunks) {
      const content = chunkContent(db, place.sha256)
      if (content === null) continue
      const sent = await client.put(place, content, signal)
      if (signal.aborted || (!sent.ok && sent.error.type === 'Unreachable')) return err({ type: 'Unreachable' })
    }
    const { upTo, isLast } = missing.value
    db.write((tx) => {
      const asked = isLast ? Math.max(upTo, readMetaNumber(tx, META_KEYS.missingChunk)) : upTo
      writeMeta(tx, META_KEYS.chunksAskedUpTo, asked)
      return ok(null)
    })
  }
}
