import { cpus, release, totalmem } from 'node:os'

/** Figures of one kind of call, in milliseconds. */
export interface Figures {
  readonly calls: number
  readonly p50: number
  readonly p95: number
  readonly max: number
}

export function figuresOf(milliseconds: readonly number[]): Figures {
  const sorted = [...milliseconds].sort((a, b) => a - b)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { calls: sorted.length, p50: at(0.5), p95: at(0.95), max: at(1) }
}

export function timed<T>(work: () => T): { value: T; milliseconds: number } {
  const started = performance.now()
  const value = work()
  return { value, milliseconds: performance.now() - started }
}

/** What it was measured on: nothing that names the machine or its user. */
export const machine = () => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${process.platform} ${release()}`,
  node: process.version,
  sqliteCipher: 'SQLCipher 4 format, 4 KiB pages, 64 MiB cache'
})

export const round = (value: number): number => Number(value.toPrecision(3))

export const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}
