import { z } from 'zod'
import { instantSchema } from '#shared/foundation/primitives.ts'

/** 32 bytes in base64url. */
export const deviceCredentialSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/**
 * A PC speaks for itself, without anybody signed in, by `Authorization: Device <id>.<credential>`. It is good for what
 * stands in this file, and opens nothing.
 */
export const DEVICE_SCHEME = 'Device'
export const deviceAuthorization = ({ id, credential }: { id: string; credential: string }): string =>
  `${DEVICE_SCHEME} ${id}.${credential}`

/** What a PC seals its unsent work with. */
export const rescueTermsSchema = z.object({
  /** The centre's public key (X25519, base64): what is sealed to it only the centre can open. */
  publicKey: z.string().length(44),
  /** Lies sealed in each capsule and shows that the PC itself made it: who knows the public key alone cannot (base64). */
  ticket: z.string().length(44)
})
export type RescueTerms = z.infer<typeof rescueTermsSchema>

/** GET /v1/device/orders: what the centre wants of a PC on which nobody is signed in. */
export const deviceOrdersSchema = z.object({
  order: z.enum(['none', 'revoked', 'wipe']),
  rescue: rescueTermsSchema,
  serverTime: instantSchema
})
export type DeviceOrders = z.infer<typeof deviceOrdersSchema>

/** What a PC counts of itself; a number that no column holds is no count. */
const countSchema = z.int().nonnegative().max(1_000_000_000)

/** POST /v1/device/wiped: nothing lies on the PC any more; 204. POST /v1/rescue takes a capsule (application/octet-stream). */
export const wipedReportSchema = z.object({
  /** Unsent commands that were handed over before. */
  handedOver: countSchema
})

/** The PC's own count of what waits, in a header of each request under a session. */
export const REPORT_HEADER = 'x-mnk-outbox'
export const outboxReportSchema = z.object({
  waiting: countSchema,
  refused: countSchema,
  oldestWaitingAt: instantSchema.nullable()
})
export type OutboxReport = z.infer<typeof outboxReportSchema>

export const writeOutboxReport = ({ waiting, refused, oldestWaitingAt }: OutboxReport): string =>
  [waiting, refused, oldestWaitingAt ?? '-'].join(' ')

/** null: no report, or of another form. */
export function readOutboxReport(text: string): OutboxReport | null {
  const [waiting, refused, oldest] = text.split(' ')
  const oldestWaitingAt = oldest === '-' ? null : oldest
  const report = { waiting: Number(waiting), refused: Number(refused), oldestWaitingAt }
  return outboxReportSchema.safeParse(report).data ?? null
}
