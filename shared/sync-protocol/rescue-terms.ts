import { z } from 'zod'

/** What a PC seals its unsent work with. */
export const rescueTermsSchema = z.object({
  /** The centre's public key (X25519, base64): what is sealed to it only the centre can open. */
  publicKey: z.string().length(44),
  /** Lies sealed in each capsule and shows that the PC itself made it: who knows the public key alone cannot (base64). */
  ticket: z.string().length(44)
})
export type RescueTerms = z.infer<typeof rescueTermsSchema>
