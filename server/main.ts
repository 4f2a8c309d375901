import { v7 as newUuid } from 'uuid'
import { startLogRemovals } from './access-log/remove-old-lines.ts'
import { createApp } from './app.ts'
import { openCentre } from './centre.ts'
import { readConfig, type ServerConfig } from './config.ts'
import { openDatabases } from './database-access.ts'
import { seedDemo } from './demo.ts'
import { startExecutions } from './destruction/execution-job.ts'
import { startChunkExpiry } from './documents/chunk-expiry.ts'
import { faultLine } from './http/logging.ts'
import { startRetentionRuns } from './retention/retention-job.ts'

/** How long open requests may run on after the signal to stop. */
const DRAIN_LIMIT_MS = 10_000

const config = readConfig(process.argv.slice(2), process.env)
process.on('uncaughtException', (fault) => {
  reportFault(fault) // Node would print the error's text, which can quote data
  process.exit(1)
})
if (config.ok) await run(config.value).catch(reportFailedStart)
else {
  process.stderr.write(`${config.error.message}\n`)
  process.exitCode = 2
}

/** Starts the centre, prints `READY {"url":…}` on standard output, and runs until it is told to stop. */
async function run(settings: ServerConfig): Promise<void> {
  const databases = await openDatabases(settings.database)
  const opened = await openServer(settings, databases).catch(async (fault: unknown) => {
    await databases.stop()
    throw fault
  })
  const stop = createStop(async () => {
    await opened.close()
    await databases.stop()
  })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop)
  process.on('message', (message) => message === 'shutdown' && stop()) // Windows has no SIGTERM
  process.on('disconnect', stop)
  process.stdout.write(`READY ${JSON.stringify({ url: opened.url })}\n`)
}

async function openServer(
  settings: ServerConfig,
  databases: { databaseUrl: string; keysDatabaseUrl: string; masterKey: Parameters<typeof openCentre>[0]['masterKey'] }
): Promise<{ url: string; close: () => Promise<void> }> {
  const centre = await openCentre({
    ...databases,
    enrolment: settings.enrolment,
    now: () => new Date().toISOString(),
    newId: () => newUuid(),
    onFault: reportFault
  })
  try {
    if (settings.demo !== null) await seedDemo(centre, settings.demo)
    const app = await createApp(centre, {
      log: { level: settings.logLevel, stream: process.stderr },
      behindProxy: settings.behindProxy,
      ...(settings.tls !== null && { tls: settings.tls })
    })
    const url = await app.listen({ host: settings.host, port: settings.port })
    const endChunkExpiry = startChunkExpiry(centre, reportFault)
    const endRetentionRuns = startRetentionRuns(centre, reportFault)
    const endExecutions = startExecutions(centre, reportFault)
    const endLogRemovals = startLogRemovals(centre, reportFault)
    const close = async () => {
      endChunkExpiry()
      endRetentionRuns()
      endExecutions()
      endLogRemovals()
      await Promise.race([app.close(), new Promise((resolve) => setTimeout(resolve, DRAIN_LIMIT_MS).unref())])
      await centre.close()
    }
    return { url, close }
  } catch (fault) {
    await centre.drain()
    await centre.close()
    throw fault
  }
}

/** Stops once, in order; a second signal ends the process at once. */
function createStop(close: () => Promise<void>): () => void {
  let stopping = false
  return () => {
    if (stopping) process.exit(1)
    stopping = true
    close().then(
      () => process.exit(0),
      (fault: unknown) => {
        reportFault(fault)
        process.exit(1)
      }
    )
  }
}

/** What went wrong before any request came holds nothing personal, and the administrator needs its words. */
function reportFailedStart(fault: unknown): void {
  process.stderr.write(`The centre did not start: ${startProblem(fault)}\n`)
  process.exitCode = 1
}

function startProblem(fault: unknown): string {
  if (!(fault instanceof Error)) return 'unknown'
  const { code, port } = fault as NodeJS.ErrnoException & { port?: number }
  if (code !== 'EADDRINUSE') return fault.message || fault.name
  return `port ${port} is taken, perhaps by a centre that runs already; --port chooses another.`
}

function reportFault(fault: unknown): void {
  const err = fault instanceof Error ? faultLine(fault) : { type: 'unknown' }
  process.stderr.write(`${JSON.stringify({ level: 50, time: Date.now(), msg: 'fault outside a request', err })}\n`)
}
