// node pouch.mjs serve FOLDER LINES | fetch FOLDER URL: PouchDB 9 (LevelDB, not encrypted) from out/peers, the one side and
// the other.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const [role, folder, place] = process.argv.slice(2)
/** The packages are the peer's own, not the project's. */
const peer = createRequire(path.resolve(import.meta.dirname, '../../../out/peers/package.json'))
const PouchDB = peer('pouchdb').defaults({ prefix: `${folder}/` })
const BATCH = 1000

if (role === 'serve') {
  const db = new PouchDB('cases')
  const lines = readFileSync(place, 'utf8').trimEnd().split('\n')
  for (let at = 0; at < lines.length; at += BATCH) {
    const docs = lines.slice(at, at + BATCH).map((line) => JSON.parse(line))
    await db.bulkDocs(docs.map((record) => ({ _id: record.case.id, ...record })))
  }
  const app = peer('express')()
  app.use('/', peer('express-pouchdb')(PouchDB, { mode: 'minimumForPouchDB', inMemoryConfig: true }))
  const server = app.listen(0, '127.0.0.1', () => {
    process.stdout.write(`READY ${JSON.stringify({ url: `http://127.0.0.1:${server.address().port}/cases` })}\n`)
  })
} else {
  const db = new PouchDB('cases')
  const cpuBefore = process.cpuUsage()
  const began = performance.now()
  await db.replicate.from(place, { batch_size: BATCH })
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(cpuBefore)
  const { doc_count: cases } = await db.info()
  const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024)
  const figures = { cases, seconds, cpuSeconds: (user + system) / 1e6, peakMegabytes, longestPauseMs: null }
  process.stdout.write(`FIGURES ${JSON.stringify(figures)}\n`)
  process.exit(0)
}
