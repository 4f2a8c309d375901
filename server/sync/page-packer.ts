import { Worker } from 'node:worker_threads'
import type { PullPiece } from '#shared/sync-protocol/pull-pieces.ts'
import type { FromPacker, ToPacker } from './page-messages.ts'

/** Packs the lines of a page in a thread of its own, which is started when first needed. */
export interface PagePacker {
  pack(page: Omit<ToPacker, 'no'>): Promise<PullPiece>
  close(): Promise<void>
}

interface Waiting {
  readonly resolve: (piece: PullPiece) => void
  readonly reject: (fault: Error) => void
}

export function createPagePacker(): PagePacker {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | null = null
  let nextNo = 1

  const end = (fault: Error): void => {
    worker = null
    const left = [...waiting.values()]
    waiting.clear()
    for (const { reject } of left) reject(fault)
  }
  const start = (): Worker => {
    const started = new Worker(new URL('./page-worker.ts', import.meta.url))
    started.on('message', ({ no, kind, bytes }: FromPacker) => {
      waiting.get(no)?.resolve({ kind, bytes })
      waiting.delete(no)
    })
    started.on('error', end)
    started.on('exit', () => end(new Error('the thread that packs pages ended')))
    started.unref() // a server that ends does not wait for pages that nobody reads
    return started
  }
  return {
    pack: (page) =>
      new Promise((resolve, reject) => {
        worker ??= start()
        const no = nextNo++
        waiting.set(no, { resolve, reject })
        worker.postMessage({ ...page, no } satisfies ToPacker)
      }),
    close: async () => {
      await worker?.terminate()
    }
  }
}
