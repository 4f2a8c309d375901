// node floor-process.ts URL: the least that a streamed download can be. Lines of JSON, zstd, one SQLCipher transaction
// without a journal; nothing is checked, packed, listed or indexed.

import type { Readable } from 'node:stream'
import { createZstdDecompress } from 'node:zlib'
import { textLines } from '../../../electron/store/sync/text-lines.ts'
import { openTestStore } from '../../../electron/store/testing/test-store.ts'

const [url = ''] = process.argv.slice(2)
const store = openTestStore()
const { raw } = store.db
raw.unsafeMode(true)
raw.pragma('journal_mode = OFF')
raw.exec('CREATE TABLE floor (no INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT')
const insert = raw.prepare('INSERT INTO floor (body) VALUES (?)')

const cpuBefore = process.cpuUsage()
const began = performance.now()
const { get } = await import('node:http')
const response = await new Promise<Readable>((resolve, reject) => get(url, resolve).once('error', reject))
raw.exec('BEGIN')
let cases = 0
for await (const lines of textLines(response.pipe(createZstdDecompress()))) {
  for (const line of lines) {
    if (line === '') continue
    insert.run(line)
    cases += 1
  }
}
raw.exec('COMMIT')
const seconds = (performance.now() - began) / 1000
const { user, system } = process.cpuUsage(cpuBefore)
store.close()
const figures = {
  cases,
  seconds,
  cpuSeconds: (user + system) / 1e6,
  peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  longestPauseMs: null
}
process.stdout.write(`FIGURES ${JSON.stringify(figures)}\n`)
process.exit(0)
