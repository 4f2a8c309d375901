import type { LaterDep } from '#shared/foundation/deps.ts'
import type { ChunkClient } from './chunk-client.ts'
import { giveBackChunks } from './give-back-chunks.ts'
import { dropCopies, type UploadDeps, uploadWaiting } from './upload.ts'

export interface TransferDeps extends LaterDep, Omit<UploadDeps, 'signal'> {
  /** A fault of the program, not of the line. */
  readonly onFault: (fault: unknown) => void
}

/** Sends documents beside the exchange of commands: neither waits for the other. */
export interface DocumentTransfer {
  /** Something waits, or the line is back. */
  wake(): void
  /** Settles when nothing is under way any more; for those who asked for it. */
  settled(): Promise<void>
  /** Ends everything under way; nothing is written after it resolves. */
  stop(): Promise<void>
  readonly client: ChunkClient
  readonly signal: AbortSignal
}

const RETRY_MS = 5_000

export function createDocumentTransfer(deps: TransferDeps): DocumentTransfer {
  const stopping = new AbortController()
  const { signal } = stopping
  let running: Promise<void> | null = null
  let isAskedAgain = false
  let callOff = (): void => undefined

  const rounds = async (): Promise<void> => {
    try {
      do {
        isAskedAgain = false
        const sent = await uploadWaiting({ ...deps, signal })
        if (signal.aborted) return
        dropCopies(deps)
        const given = sent.ok ? await giveBackChunks({ ...deps, signal }) : sent
        if (signal.aborted) return
        if (!given.ok) callOff = deps.later(RETRY_MS, wake)
      } while (isAskedAgain)
    } catch (fault) {
      deps.onFault(fault)
    } finally {
      running = null
    }
  }
  const wake = (): void => {
    callOff()
    if (signal.aborted) return
    if (running === null) running = rounds()
    else isAskedAgain = true
  }
  return {
    ...{ wake, signal, client: deps.client },
    settled: async () => {
      while (running !== null) await running
    },
    stop: async () => {
      stopping.abort()
      callOff()
      await running
    }
  }
}
