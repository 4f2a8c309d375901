import { Worker } from 'node:worker_threads'
import type { SnapshotEncoding } from '#shared/sync-protocol/snapshot.ts'
import type { FromImage, ImageOrder, ToImage } from './image-messages.ts'

export interface MadeImage {
  readonly cases: number
  readonly cursor: number
}

/** The stream holds what an image cannot. */
export class ImageUnfitError extends Error {
  override readonly name = 'ImageUnfitError'
}

/**
 * Makes an image of a stream in a thread of its own, a piece of the stream at a time, and hands over its compressed
 * parts one by one.
 * @throws ImageUnfitError
 */
export async function makeImage(
  lines: AsyncIterable<Uint8Array>,
  options: { readonly encoding: SnapshotEncoding; readonly onPart: (no: number, bytes: Uint8Array) => Promise<void> }
): Promise<MadeImage> {
  const worker = new Worker(new URL('./image-worker.ts', import.meta.url), {
    workerData: { encoding: options.encoding } satisfies ImageOrder
  })
  const ask = createAsk(worker)
  try {
    for await (const bytes of lines) {
      const taken = await ask({ type: 'lines', bytes })
      if (taken.type === 'unfit') throw new ImageUnfitError('the stream holds what an image cannot')
    }
    const made = await ask({ type: 'finish' })
    if (made.type !== 'made') throw new ImageUnfitError('the stream did not come to its end')
    for (let no = 0; ; no += 1) {
      const next = await ask({ type: 'next' })
      if (next.type !== 'part') return { cases: made.cases, cursor: made.cursor }
      await options.onPart(no, next.bytes)
    }
  } finally {
    await worker.terminate()
  }
}

/** One question at a time; a thread that fails fails the question. */
function createAsk(worker: Worker): (message: ToImage) => Promise<FromImage> {
  let settle: ((answer: FromImage) => void) | null = null
  let fail: ((fault: Error) => void) | null = null
  let fault: Error | null = null
  worker.on('message', (answer: FromImage) => settle?.(answer))
  const end = (error: Error): void => {
    fault = error
    fail?.(error)
  }
  worker.on('error', end)
  worker.on('exit', () => end(new Error('the thread that makes an image ended')))
  return (message) =>
    new Promise((resolve, reject) => {
      if (fault !== null) return reject(fault)
      settle = resolve
      fail = reject
      worker.postMessage(message)
    })
}
