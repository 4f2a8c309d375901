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

/** A process may end while it is looked at. */
function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
