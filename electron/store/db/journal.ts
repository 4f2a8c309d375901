import Database from 'better-sqlite3-multiple-ciphers'

/** New pages are written once and not read again: while they come, the cache need not be as large as for daily work. */
const BULK_CACHE_KIB = 4 * 1024

/**
 * Puts the file into rollback mode for many writes in a row, and gives back the way to the log. New pages then go
 * straight to their place, since a rollback journal, unlike the log, need not hold them. A crash is undone by the journal
 * at the next opening. While another connection reads (the page check), the file stays with its log: only slower.
 */
export function leaveLog(raw: Database.Database): () => void {
  const cache = Number(raw.pragma('cache_size', { simple: true }))
  raw.pragma(`cache_size = -${BULK_CACHE_KIB}`)
  try {
    raw.pragma('journal_mode = TRUNCATE')
  } catch (error) {
    if (!(error instanceof Database.SqliteError) || error.code !== 'SQLITE_BUSY') throw error
  }
  return () => {
    raw.pragma(`cache_size = ${cache}`)
    raw.pragma('journal_mode = WAL')
  }
}
