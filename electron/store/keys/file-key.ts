/** The part of a database connection that takes the key. */
interface KeyedConnection {
  pragma(source: string): unknown
  key(key: Buffer): number
}

const RAW_KEY_PREFIX = 'raw:'
export const STORE_KEY_BYTES = 32

/**
 * Makes a fresh connection read and write SQLCipher-4 pages under the raw store key (32 bytes). Has to be the first
 * thing done on the connection. The key goes in as bytes, never as SQL text, and the copy made for it is wiped.
 */
export function applyFileKey(connection: KeyedConnection, key: Uint8Array): void {
  if (key.length !== STORE_KEY_BYTES) throw new Error(`a store key has ${STORE_KEY_BYTES} bytes, got ${key.length}`)
  connection.pragma("cipher = 'sqlcipher'")
  connection.pragma('legacy = 4')
  const rawKey = Buffer.concat([Buffer.from(RAW_KEY_PREFIX, 'ascii'), key])
  connection.key(rawKey)
  rawKey.fill(0)
}
