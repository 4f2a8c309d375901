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

/**
 * Merges what the log holds into the file. Work that rewrites much of the store does it often, a little at a time: left to
 * itself, the log is merged when it is full, in a step that takes a quarter of a second. A reader that is still at it
 * leaves the rest to a later call.
 */
export const mergeLog = (raw: Database.Database): void => void raw.pragma('wal_checkpoint(PASSIVE)')

/** Merges all of it and cuts the log to nothing. False: a reader is still at it; nobody waits for that one. */
export function emptyLog(raw: Database.Database): boolean {
  if (raw.inTransaction) return false
  const patience = Number(raw.pragma('busy_timeout', { simple: true }))
  raw.pragma('busy_timeout = 0')
  try {
    const [result] = raw.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    return result?.busy === 0
  } finally {
    raw.pragma(`busy_timeout = ${patience}`)
  }
}
