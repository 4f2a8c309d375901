import type { Cipher } from '#shared/cipher/cipher.ts'
import { SEAL_BYTES } from '#shared/cipher/document-chunks.ts'
import { CHUNK_BYTES } from '#shared/domain/document/case-document.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { ApiError } from '#shared/sync-protocol/api-error.ts'

export const MOST_CHUNK_BYTES = CHUNK_BYTES + SEAL_BYTES

/** A sealed piece as the body of a request, or what is wrong with it. */
export function readChunkBody(
  cipher: Pick<Cipher, 'equal' | 'sha256'>,
  body: unknown,
  sha256: string
): Result<Uint8Array, Extract<ApiError, { type: 'RequestInvalid' | 'ChunkRefused' }>> {
  if (!(body instanceof Uint8Array) || body.length <= SEAL_BYTES)
    return err({ type: 'RequestInvalid', where: ['body'] })
  if (body.length > MOST_CHUNK_BYTES) return err({ type: 'ChunkRefused', cause: 'too_large' })
  const isWhole = cipher.equal(cipher.sha256(body), Buffer.from(sha256, 'hex'))
  return isWhole ? ok(body) : err({ type: 'ChunkRefused', cause: 'wrong_hash' })
}
