import { readdirSync, readFileSync } from 'node:fs'

export interface ProcessMemory {
  readonly kind: string
  /** Proportional set size in MiB: pages shared by n processes count 1/n in each. */
  readonly pss: number
}

/** The memory of a process and of everything it started. Linux only. */
export function memoryOfTree(rootPid: number): ProcessMemory[] {
  const parents = parentsByPid()
  return [...parents.keys()].filter((pid) => descendsFrom(pid, rootPid, parents)).flatMap(memoryOf)
}

export const totalPss = (processes: readonly ProcessMemory[]): number =>
  processes.reduce((sum, { pss }) => sum + pss, 0)

function parentsByPid(): Map<number, number> {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = readOrNull(`/proc/${name}/stat`)
    const parent = stat?.replace(/^.*\) \S+ (\d+).*$/s, '$1')
    if (parent) parents.set(Number(name), Number(parent))
  }
  return parents
}

function descendsFrom(pid: number, root: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at)) {
    if (at === root) return true
  }
  return false
}

function memoryOf(pid: number): ProcessMemory[] {
  const rollup = readOrNull(`/proc/${pid}/smaps_rollup`)
  const command = readOrNull(`/proc/${pid}/cmdline`)
  const pss = rollup?.match(/^Pss:\s+(\d+)/m)?.[1]
  if (!pss || command === null) return []
  const type = command.match(/--type=([\w-]+)/)?.[1] ?? 'browser'
  const service = command.match(/--utility-sub-type=([\w.-]+)/)?.[1]
  return [{ kind: service ? `${type}:${service}` : type, pss: Number(pss) / 1024 }]
}

export interface StoreProcessMemory {
  /** Resident now, and the most that was since the process began, in MB. */
  readonly rss: number
  readonly peakRss: number
  /** Now, without what other processes share: of Electron's own program each has a part. */
  readonly pss: number
}

/** The store process of a running desk, by its name. Linux only. */
export function storeProcessOf(deskPid: number): StoreProcessMemory {
  const parents = parentsByPid()
  for (const pid of parents.keys()) {
    if (!descendsFrom(pid, deskPid, parents)) continue
    if (readOrNull(`/proc/${pid}/cmdline`)?.includes('node.mojom.NodeService') !== true) continue
    const texts = ['status', 'smaps_rollup'].map((name) => readOrNull(`/proc/${pid}/${name}`)).join('\n')
    const megabytes = (field: string): number =>
      (Number(texts.match(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm'))?.[1]) * 1024) / 1_000_000
    return { rss: megabytes('VmRSS'), peakRss: megabytes('VmHWM'), pss: megabytes('Pss') }
  }
  throw new Error('the desk has no store process')
}

/** A process may end while it is looked at. */
function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
