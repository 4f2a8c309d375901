import { execFileSync } from 'node:child_process'
import { closeSync, cpSync, existsSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { storeFailureOf } from '../../../electron/store/db/sqlite-failure.ts'

/** The disk of one PC. Where the system lets us, a file system of its own of limited size, which is then really full. */
export interface DeskDisk {
  readonly dir: string
  /** False: no file system could be mounted, and the desk's own process stands in for a full one. */
  readonly isReal: boolean
  setFull(isFull: boolean): void
  isFull(): boolean
  /** Everything on it to another place, for whoever looks into a failure. */
  keepAt(dir: string): void
  remove(): void
}

const SIZE = '96m'
const BALLAST = 'ballast'

export function openDeskDisk(dir: string): DeskDisk {
  mkdirSync(dir, { recursive: true })
  const isReal = mount(dir)
  const ballast = join(dir, BALLAST)
  let isFull = false
  return {
    dir,
    isReal,
    isFull: () => isFull,
    setFull: (full) => {
      isFull = full
      if (isReal && full) fill(ballast)
      if (isReal && !full) rmSync(ballast, { force: true })
    },
    keepAt: (kept) => {
      rmSync(ballast, { force: true })
      cpSync(dir, kept, { recursive: true })
    },
    remove: () => {
      unmount(dir)
      rmSync(dir, { recursive: true, force: true })
    }
  }
}

function mount(dir: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', dir], { stdio: 'ignore' })
    mounted.add(dir)
    return true
  } catch {
    return false // a container without the right to
  }
}

/** What this process has mounted; it goes with the process, however that ends in order. */
const mounted = new Set<string>()

function unmount(dir: string): void {
  if (mounted.delete(dir)) execFileSync('umount', ['-l', dir])
}

process.on('exit', () => {
  for (const dir of mounted) unmount(dir)
})

const PIECE = Buffer.alloc(1024 * 1024)

/** Writes until the disk takes no more. */
function fill(ballast: string): void {
  const { bavail, bsize } = statfsSync(join(ballast, '..'))
  const file = openSync(ballast, existsSync(ballast) ? 'a' : 'w')
  try {
    for (let left = bavail * bsize; left > 0; left -= PIECE.length) writeSync(file, PIECE)
    for (let written = 1; written > 0; ) written = writeSync(file, PIECE, 0, 4096)
  } catch (error) {
    if (storeFailureOf(error) !== 'disk_full') throw error
  } finally {
    closeSync(file)
  }
}
