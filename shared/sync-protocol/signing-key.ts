import { z } from 'zod'

/**
 * POST /v1/signing-keys: the public part of the key with which a privacy officer or a supervisor signs on this PC. It takes the place of
 * the one that she had there.
 */
export const signingKeySchema = z.object({
  /** Ed25519, base64 of 32 bytes. */
  publicKey: z.base64().length(44)
})
