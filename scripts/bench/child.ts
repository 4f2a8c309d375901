import { type ChildProcess, fork } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** A program of the bench in a process of its own, so that its memory and time weigh on nobody else. */
export interface Child<Request, Reply> {
  ask(request: Request): Promise<Reply>
  cpuSeconds(): number
  stop(): Promise<void>
}

export function startChild<Request extends object, Reply>(
  file: string,
  args: readonly string[] = [],
  execArgv: readonly string[] = []
): Child<Request, Reply> & { readonly process: ChildProcess } {
  const child = fork(file, [...args], {
    execArgv: [...execArgv],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: process.env
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    process: child,
    ask: (request) =>
      new Promise((resolve, reject) => {
        const gone = (): void => reject(new Error(`${file} ended`))
        child.once('exit', gone)
        child.once('message', (reply) => {
          child.off('exit', gone)
          resolve(reply as Reply)
        })
        child.send(request)
      }),
    cpuSeconds: () => cpuSecondsOf(child.pid ?? 0),
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    }
  }
}

/** The address that a server prints once it serves. */
export function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the server ended before it was ready')))
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      if (line.startsWith('READY ')) resolve((JSON.parse(line.slice(6)) as { url: string }).url)
    })
  })
}

/** Of Linux: the unit of the times in /proc. */
const CLOCK_TICKS = 100

export function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS
}

/** Of a process and its children. */
export function cpuSecondsOfFamily(pid: number): number {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(Number(name)) === pid)
  return cpuSecondsOf(pid) + children.reduce((sum, child) => sum + cpuSecondsOf(Number(child)), 0)
}

export function parentOf(pid: number): number | null {
  try {
    return Number(/^.*\) \S+ (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? 0)
  } catch {
    return null // it has ended meanwhile
  }
}
