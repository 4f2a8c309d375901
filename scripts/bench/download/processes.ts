import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const root = path.resolve(import.meta.dirname, '../../..')

/** Of Linux: the unit of the times in /proc. */
const CLOCK_TICKS = 100

export const figuresSchema = z.object({
  cases: z.int(),
  seconds: z.number(),
  cpuSeconds: z.number(),
  peakMegabytes: z.number(),
  longestPauseMs: z.number().nullable()
})
export type DownloadFigures = z.infer<typeof figuresSchema>

export interface ServerProcess {
  readonly url: string
  /** Of the process itself, PostgreSQL not counted. */
  cpuSeconds(): number
  stop(): Promise<void>
}

/** Starts a program that prints `READY {"url":…}`. */
export async function startServer(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {}
): Promise<ServerProcess> {
  const child = start(file, args, env)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const ready = await lineOf(child, 'READY ')
  const { url } = z.object({ url: z.string() }).parse(JSON.parse(ready))
  return {
    url,
    cpuSeconds: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
      return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS
    },
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    }
  }
}

/** Runs a program that prints `FIGURES {…}`. */
export const runClient = async (
  file: string,
  args: readonly string[],
  execArgv: readonly string[] = []
): Promise<DownloadFigures> =>
  figuresSchema.parse(JSON.parse(await lineOf(start(file, args, {}, execArgv), 'FIGURES ')))

const start = (
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  execArgv: readonly string[] = []
): ChildProcess =>
  spawn(process.execPath, [...execArgv, file, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit']
  })

function lineOf(child: ChildProcess, beginning: string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`a program of the bench ended early with ${code}`)))
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      if (line.startsWith(beginning)) resolve(line.slice(beginning.length))
    })
  })
}
