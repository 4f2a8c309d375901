// The peer's desk, a process of its own: a PouchDB on LevelDB that holds the same cases, unencrypted.
import { join } from 'node:path'
import { recordsOf } from './bench-store.ts'
import { type Doc, type Pouch, pouchClass } from './pouch-packages.ts'

export type PouchRequest =
  /** Fills the desk and brings the server up to it; not measured. */
  | {
      readonly type: 'fill'
      readonly folder: string
      readonly server: string
      readonly seed: number
      readonly cases: number
    }
  /**
   * Changes so many documents while nobody is connected, then pushes them. `isFirst`: as a desk does that has so far only
   * downloaded, whose replication has no checkpoint yet and looks at every document.
   */
  | { readonly type: 'push'; readonly edits: number; readonly batch: number | null; readonly isFirst: boolean }
export type PouchReply =
  | { readonly type: 'filled' }
  | { readonly type: 'pushed'; readonly seconds: number; readonly cpuSeconds: number; readonly written: number }

const BATCH = 1_000

let db: Pouch | null = null
let remote = ''
let ids: string[] = []
let round = 0

process.on('message', (request: PouchRequest) => {
  const work = request.type === 'fill' ? fill(request) : push(request)
  work.then(
    (reply) => process.send?.(reply),
    (fault: unknown) => {
      process.stderr.write(`${String(fault)}\n`)
      process.exit(1)
    }
  )
})

async function fill({ folder, server, seed, cases }: Extract<PouchRequest, { type: 'fill' }>): Promise<PouchReply> {
  const PouchDB = pouchClass()
  db = new PouchDB(join(folder, 'desk'))
  remote = `${server}/cases`
  const recordOf = recordsOf({ seed, cases })
  for (let from = 0; from < cases; from += BATCH) {
    const docs = Array.from({ length: Math.min(BATCH, cases - from) }, (_, at): Doc => {
      const record = recordOf(from + at)
      return { _id: record.case.id, ...record }
    })
    await db.bulkDocs(docs)
    ids = [...ids, ...docs.map(({ _id }) => _id)]
  }
  await db.replicate.to(remote, { batch_size: BATCH })
  return { type: 'filled' }
}

async function push({ edits, batch, isFirst }: Extract<PouchRequest, { type: 'push' }>): Promise<PouchReply> {
  if (db === null) throw new Error('not filled')
  round += 1
  for (let from = 0; from < edits; from += BATCH) {
    const keys = ids.slice(from, Math.min(from + BATCH, edits))
    const { rows } = await db.allDocs({ keys, include_docs: true })
    await db.bulkDocs(rows.map(({ doc }) => ({ ...doc, edited: round })))
  }
  const used = process.cpuUsage()
  const began = performance.now()
  const { docs_written: written } = await db.replicate.to(remote, {
    ...(batch !== null && { batch_size: batch }),
    ...(isFirst && { checkpoint: false })
  })
  const seconds = (performance.now() - began) / 1_000
  const { user, system } = process.cpuUsage(used)
  return { type: 'pushed', seconds, cpuSeconds: (user + system) / 1e6, written }
}
