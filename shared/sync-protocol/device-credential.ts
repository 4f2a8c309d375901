import { z } from 'zod'

/** 32 bytes in base64url. */
export const deviceCredentialSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/**
 * A PC speaks for itself, without anybody signed in, by `Authorization: Device <id>.<credential>`. It is good for the
 * orders, a capsule and the report of a deletion, and opens nothing.
 */
export const DEVICE_SCHEME = 'Device'
export const deviceAuthorization = ({ id, credential }: { id: string; credential: string }): string =>
  `${DEVICE_SCHEME} ${id}.${credential}`
