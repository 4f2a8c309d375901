// node desk-process.ts URL SESSION plain|snapshot: one first download into a fresh encrypted store; prints its figures.

import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openTestDesk, openTestSync } from '../../../electron/store/testing/test-desk.ts'
import { benchSessionSchema } from './sign-in.ts'

const [url = '', session = '', mode = 'plain'] = process.argv.slice(2)
const { deviceId, token, account } = benchSessionSchema.parse(JSON.parse(session))
const desk = openTestDesk({ actor: account, deviceId })

const withoutSnapshot: typeof fetch = async (input, init) =>
  String(input).endsWith('/v1/snapshot') ? Response.json({ type: 'Unavailable' }) : fetch(input, init)
const sync = openTestSync(desk, {
  serverUrl: url,
  token: () => token,
  fetch: mode === 'plain' ? withoutSnapshot : fetch
})

const pauses = monitorEventLoopDelay({ resolution: 1 })
pauses.enable()
const cpuBefore = process.cpuUsage()
const began = performance.now()
const status = await sync.syncNow()
const seconds = (performance.now() - began) / 1000
pauses.disable()
const { user, system } = process.cpuUsage(cpuBefore)
const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024) // before the check, which reads every page
const cases = desk.db.pluck<number>('SELECT cases FROM case_totals') ?? 0
const isIndexed = desk.db.pluck('SELECT one FROM search_behind') === undefined
const isSound = desk.db.raw.pragma('quick_check', { simple: true }) === 'ok'
if (status.state !== 'current' || !isIndexed || !isSound) throw new Error(`the download ended ${status.state}`)
await sync.stop()
desk.close()
const figures = {
  cases,
  seconds,
  cpuSeconds: (user + system) / 1e6,
  peakMegabytes,
  longestPauseMs: Math.round(pauses.max / 1e6)
}
process.stdout.write(`FIGURES ${JSON.stringify(figures)}\n`)
process.exit(0)
