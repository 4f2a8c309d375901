import { useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import type { Refusal } from '#shared/commands/refusal.ts'
import type { FieldRevs } from '#shared/domain/case/case.ts'
import { store } from '../../api/store.ts'
import { writeBeforeLock } from '../../view-state/lock.ts'
import { type CorrectionBlock, correctionBodySchema, type UnfinishedCorrection } from './correction-body.ts'

/**
 * The person's unfinished correction of this case; undefined until it is known, null when there is none. `lookAgain` asks
 * for the next one: a refused change of several blocks leaves one each.
 */
export function useUnfinishedCorrection(caseId: string): {
  readonly found: UnfinishedCorrection | null | undefined
  readonly lookAgain: () => void
} {
  const [found, setFound] = useState<UnfinishedCorrection | null | undefined>(undefined)
  useEffect(() => {
    let isHere = true
    void findUnfinished(caseId).then((correction) => isHere && setFound(correction))
    return () => {
      isHere = false
    }
  }, [caseId])
  return { found, lookAgain: () => void findUnfinished(caseId).then(setFound) }
}

async function findUnfinished(caseId: string): Promise<UnfinishedCorrection | null> {
  const drafts = await store.ask('draft.list', {})
  const draft = drafts.ok && drafts.value.find((one) => one.kind === 'correction' && one.caseId === caseId)
  if (!draft) return null
  const loaded = await store.ask('draft.load', { id: draft.id })
  const body = correctionBodySchema.safeParse(loaded.ok ? loaded.value?.body : null)
  return body.success ? { draftId: draft.id, ...body.data } : null
}

interface DraftSubject {
  readonly draftId: string
  readonly caseId: string
  readonly title: string
  readonly block: CorrectionBlock
  readonly refusal: Refusal | null
  readonly opened: z.core.util.JSONType
  readonly seen: FieldRevs
}

const PAUSE_MS = 300
const TITLE_LENGTH = 60

/** Writes what is typed into the encrypted store a moment after each change. `end` forgets it. */
export function useDraftKeeping(subject: DraftSubject): {
  keep: (form: z.core.util.JSONType, reason: string) => void
  end: () => void
} {
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; write: () => Promise<void> } | null>(null)
  const { draftId, caseId, title, block, refusal, opened, seen } = subject
  const flush = async (): Promise<void> => {
    const pending = waiting.current
    waiting.current = null
    if (!pending) return
    clearTimeout(pending.timer)
    await pending.write()
  }
  const flushLast = useRef(flush)
  flushLast.current = flush
  // Whoever leaves the screen in the middle finds everything again.
  useEffect(() => () => void flushLast.current(), [])
  useEffect(() => writeBeforeLock(() => flushLast.current()), [])
  return {
    keep: (form, reason) => {
      if (waiting.current) clearTimeout(waiting.current.timer)
      const write = async (): Promise<void> => {
        const shortTitle = title.slice(0, TITLE_LENGTH)
        const body = { block, reason, form, opened, seen, refusal }
        await store.ask('draft.save', { id: draftId, kind: 'correction', caseId, title: shortTitle, body })
      }
      waiting.current = { write, timer: setTimeout(() => void flush(), PAUSE_MS) }
    },
    end: () => {
      if (waiting.current) clearTimeout(waiting.current.timer)
      waiting.current = null
      void store.ask('draft.discard', { id: draftId })
    }
  }
}
