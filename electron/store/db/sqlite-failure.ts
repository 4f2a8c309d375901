import Database from 'better-sqlite3-multiple-ciphers'

/** What the disk or the file can do to a running store. */
export type StoreFailure = 'damaged' | 'truncated' | 'disk_full'

/**
 * Says whether an error thrown while the store was used comes from the file or the disk. null: it is something else,
 * mostly a fault of the program.
 */
export function storeFailureOf(error: unknown): StoreFailure | null {
  const code = errorCode(error)
  if (code === null) return null
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') return 'disk_full'
  if (code === 'SQLITE_IOERR_SHORT_READ') return 'truncated'
  if (/^SQLITE_(CORRUPT|NOTADB|IOERR|CANTOPEN)/.test(code)) return 'damaged'
  return null
}

function errorCode(error: unknown): string | null {
  if (error instanceof Database.SqliteError) return error.code
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return null
}
