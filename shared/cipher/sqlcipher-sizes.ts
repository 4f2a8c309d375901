/** A page of a store's file, and what SQLCipher 4 adds at its end: initialisation vector (16) and HMAC (64). */
export const PAGE_BYTES = 4096
export const RESERVED_BYTES = 80
