import Database from 'better-sqlite3-multiple-ciphers'
import { applyFileKey } from '../keys/file-key.ts'

const BUSY_TIMEOUT_MS = 5000

/** A connection with the key and with the settings that keep plaintext off the disk. Every connection starts here. */
export function openKeyedConnection(options: {
  file: string
  key: Uint8Array
  nativeBinding?: string | undefined
}): Database.Database {
  const raw = new Database(options.file, {
    timeout: BUSY_TIMEOUT_MS,
    ...(options.nativeBinding === undefined ? {} : { nativeBinding: options.nativeBinding })
  })
  try {
    applyFileKey(raw, options.key)
    raw.pragma('temp_store = MEMORY') // this build's temp files would be plaintext on disk
    raw.pragma('secure_delete = ON')
    raw.pragma('trusted_schema = OFF')
    raw.pragma('cell_size_check = ON')
    return raw
  } catch (error) {
    raw.close()
    throw error
  }
}
