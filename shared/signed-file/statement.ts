import { z } from 'zod'
import { canonicalText } from '#shared/domain/access-log/canonical-text.ts'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/** What a signature says of a file that the desk gives out. */

/** A signature of one kind says nothing of a file of another. */
export const SIGNED_KINDS = [
  'destruction_request', // 별지 4
  'destruction_register', // 별지 5
  'destruction_certificate', // 파기 확인서
  'audit_report' // 보고서
] as const
export type SignedKind = (typeof SIGNED_KINDS)[number]

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)

export const statementSchema = z.strictObject({
  format: z.literal(1),
  kind: z.enum(SIGNED_KINDS),
  /** As it stands on the paper. */
  number: z.string().regex(/^[0-9A-Za-z-]{1,40}$/),
  /** Of every byte before the trailer, in hex. */
  sha256: sha256Schema,
  /** By the clock of the PC on which it was signed. */
  signedAt: instantSchema,
  /** The account whose key signs. */
  signer: uuidSchema,
  /** Which of her keys: its fingerprint (`keyFingerprint`). */
  key: sha256Schema
})
export type Statement = z.infer<typeof statementSchema>

/** What is signed: it cannot be taken for a signature over anything else, an approval's least of all. */
export const statementMessage = (statement: Statement): Uint8Array =>
  new TextEncoder().encode(`mnk signed file 1\n${canonicalText(statement)}`)

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
