// A desk that writes reports, in a process of its own: started by report.ts, told by messages what to write.

import { rmSync, statSync } from 'node:fs'
import path from 'node:path'
import type { ReportOrder } from '#shared/domain/report/report.ts'
import { ed25519 } from '../../electron/store/keys/sodium.ts'
import { exportReport } from '../../electron/store/reports/export-report.ts'
import { openReportLines } from '../../electron/store/reports/report-stream.ts'

export interface WriteRequest {
  readonly serverUrl: string
  readonly token: string
  readonly order: ReportOrder
  readonly signer: string
  readonly folder: string
  readonly filePassword: string | null
}

export interface WriteReply {
  readonly rows: number
  readonly megabytes: number
  readonly seconds: number
  /** The most that this process ever had, and what it had before it began. */
  readonly peakMegabytes: number
  readonly beforeMegabytes: number
  readonly cpuSeconds: number
}

process.on('message', (request: WriteRequest) => void write(request).then((reply) => process.send?.(reply)))

async function write({ order, signer, folder, filePassword, ...line }: WriteRequest): Promise<WriteReply> {
  const place = { path: path.join(folder, 'report.xlsx'), part: path.join(folder, '.report.part') }
  const before = process.memoryUsage.rss()
  const cpu = process.cpuUsage()
  const started = performance.now()
  const lines = await openReportLines({ fetch }, { ...line, reportId: order.id, signal: new AbortController().signal })
  if (!lines.ok) throw new Error(lines.error.type)
  const keys = ed25519.keysOf(new Uint8Array(32).fill(5))
  const about = { kind: 'audit_report', number: '11680-R1', signedAt: new Date().toISOString(), signer } as const
  const ended = await exportReport(
    {
      place,
      head: { order, number: about.number, districtCode: '11680', authorName: '감독', orderedAt: about.signedAt },
      filePassword,
      about,
      printPaper: async () => null,
      sign: async (messageFor) => ({
        publicKey: Buffer.from(keys.publicKey).toString('base64'),
        signature: Buffer.from(ed25519.sign(keys.secretKey, messageFor(keys.publicKey))).toString('base64')
      }),
      register: async () => true,
      withdraw: async () => undefined,
      isStopped: () => false,
      onProgress: () => undefined
    },
    lines.value
  )
  if (!ended.ok) throw new Error(JSON.stringify(ended.error))
  const { user, system } = process.cpuUsage(cpu)
  const bytes = statSync(place.path).size
  rmSync(place.path)
  return {
    rows: ended.value.rows,
    megabytes: bytes / 1e6,
    seconds: (performance.now() - started) / 1_000,
    peakMegabytes: (process.resourceUsage().maxRSS * 1_024) / 1e6,
    beforeMegabytes: before / 1e6,
    cpuSeconds: (user + system) / 1e6
  }
}
