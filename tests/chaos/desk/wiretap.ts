import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import Database from 'better-sqlite3-multiple-ciphers'
import type { DeskPoint } from '../plan/step.ts'

/**
 * Stands between the store and what it stands on (SQLite, files, the line), in the desk's own process: kills it at a named
 * point of its work, and lets the audit read the file that the store has open. Import it before the store.
 */
export interface Wiretap {
  /** The store's own connection while one is open. */
  connection(): Database.Database | null
  /** The process dies on its so-manieth passage of the point from now on. */
  dieAt(point: DeskPoint, passage: number): void
  pass(point: DeskPoint): void
  /** While true, writing finds no room on the disk. */
  setDiskFull(isFull: boolean): void
}

/** `lastAct`: what is still done when the process dies here, such as the first half of a write. */
type Pass = (point: DeskPoint, lastAct?: () => void) => void

export function installWiretap(): Wiretap {
  let death: { point: DeskPoint; left: number } | null = null
  let isDiskFull = false
  const connections = new Set<Database.Database>()
  const pass: Pass = (point, lastAct) => {
    if (death?.point !== point) return
    death.left -= 1
    if (death.left > 0) return
    lastAct?.()
    process.kill(process.pid, 'SIGKILL')
  }
  tapDatabase(connections, pass)
  tapFiles(pass, () => isDiskFull)
  return {
    connection: () => [...connections].find((one) => one.open && !one.readonly) ?? null,
    dieAt: (point, passage) => {
      death = { point, left: passage }
    },
    pass,
    setDiskFull: (isFull) => {
      isDiskFull = isFull
      for (const one of connections) if (one.open) limitPages(one, isFull)
    }
  }
}

const MOST_PAGES = 1_073_741_823

function limitPages(connection: Database.Database, isFull: boolean): void {
  const pages = isFull ? Number(connection.pragma('page_count', { simple: true })) : MOST_PAGES
  connection.pragma(`max_page_count = ${pages}`)
}

/** The first connection with a key is the store's; the page check opens a second one to the same file. */
function tapDatabase(connections: Set<Database.Database>, pass: Pass): void {
  const { prototype } = Database
  const { prepare, key, close } = prototype
  prototype.key = function tappedKey(this: Database.Database, ...args: Parameters<typeof key>) {
    connections.add(this)
    return key.apply(this, args)
  }
  prototype.close = function tappedClose(this: Database.Database) {
    connections.delete(this)
    return close.apply(this)
  }
  prototype.prepare = function tappedPrepare(this: Database.Database, source: string) {
    const statement = prepare.call(this, source)
    if (source !== 'COMMIT') return statement
    const run = statement.run.bind(statement) as () => Database.RunResult
    statement.run = () => {
      pass('commit.before')
      const done = run()
      pass('commit.after')
      return done
    }
    return statement
  } as typeof prepare
}

/** Whoever imports from node:fs gets these from now on. */
function tapFiles(pass: Pass, isDiskFull: () => boolean): void {
  const { fsyncSync, renameSync, writeSync } = fs
  fs.fsyncSync = (file) => {
    pass('file.sync')
    fsyncSync(file)
  }
  fs.renameSync = (from, to) => {
    pass('file.rename')
    renameSync(from, to)
  }
  const tappedWrite = (
    file: number,
    bytes: Uint8Array,
    offset?: number,
    length?: number,
    position?: number
  ): number => {
    if (isDiskFull()) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    pass('capsule.write', () => writeSync(file, bytes, offset, (length ?? bytes.length) >> 1, position))
    return writeSync(file, bytes, offset, length, position)
  }
  Object.assign(fs, { writeSync: tappedWrite })
  syncBuiltinESMExports()
}
