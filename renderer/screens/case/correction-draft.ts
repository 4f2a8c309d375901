import { useEffect, useRef, useState } from 'react'
import { z } from 'zod'
import { type Refusal, refusalSchema } from '#shared/commands/refusal.ts'
import {
  type ConsentAnswer,
  caseSchema,
  type FieldRevs,
  fieldRevsSchema,
  type VersionedField
} from '#shared/domain/case/case.ts'
import { isSameValue } from '#shared/domain/case/same-value.ts'
import {
  REFUSED_BLOCKS,
  type RefusedBlock,
  type RefusedCorrection,
  refusedCorrectionSchema
} from '#shared/ipc/refused-draft.ts'
import { store } from '../../api/store.ts'
import { writeBeforeLock } from '../../view-state/lock.ts'

/** The blocks of a case that are corrected by themselves. */
export const CORRECTION_BLOCKS = REFUSED_BLOCKS
export type CorrectionBlock = RefusedBlock

/** A correction that was begun and neither saved nor given up: the desk locked itself, or the program was cut off. */
export interface UnfinishedCorrection {
  readonly draftId: string
  readonly block: CorrectionBlock
  readonly reason: string
  /** As typed; the editor of the block reads it with the schema of its form. */
  readonly form: unknown
  /** The form as it was opened, and the revisions that it showed: what others changed since is not hers. */
  readonly opened: unknown
  readonly seen: FieldRevs | null
  /** Why the centre refused it, when it was sent before; null for what was never sent. */
  readonly refusal: Refusal | null
  /** The values that were refused, until the person changes the form; the form takes them over then. */
  readonly changes: RefusedCorrection['changes'] | null
}

const bodySchema = z.object({
  block: z.enum(CORRECTION_BLOCKS),
  reason: z.string().max(400).catch(''),
  form: z.unknown(),
  opened: z.unknown(),
  seen: fieldRevsSchema.nullable().catch(null),
  refusal: refusalSchema.nullable().catch(null),
  changes: refusedCorrectionSchema.shape.changes.nullable().catch(null)
})

/** A refused value as it was sent; undefined when the change did not touch the field. */
export const refusedValue = (changes: RefusedCorrection['changes'], field: VersionedField): unknown =>
  changes.find((change) => change.field === field)?.value

/** The answer that a refused change brought: what was sent and the case does not have. */
export function refusedAnswer(
  { changes }: UnfinishedCorrection,
  standing: readonly ConsentAnswer[]
): ConsentAnswer | null {
  const sent = caseSchema.shape.consents.safeParse(refusedValue(changes ?? [], 'consents')).data ?? []
  return sent.findLast((answer) => !standing.some((one) => isSameValue(one, answer))) ?? null
}

/**
 * The person's unfinished correction of this case; undefined until it is known, null when there is none. `lookAgain` asks
 * for the next one: a refused change of several blocks leaves one each.
 */
export function useUnfinishedCorrection(caseId: string): {
  readonly found: UnfinishedCorrection | null | undefined
  readonly lookAgain: () => void
} {
  const [found, setFound] = useState<UnfinishedCorrection | null | undefined>(undefined)
  const [looks, setLooks] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new look asks again
  useEffect(() => {
    let isHere = true
    void findUnfinished(caseId).then((correction) => isHere && setFound(correction))
    return () => {
      isHere = false
    }
  }, [caseId, looks])
  return { found, lookAgain: () => setLooks((before) => before + 1) }
}

async function findUnfinished(caseId: string): Promise<UnfinishedCorrection | null> {
  const drafts = await store.ask('draft.list', {})
  const draft = drafts.ok && drafts.value.find((one) => one.kind === 'correction' && one.caseId === caseId)
  if (!draft) return null
  const loaded = await store.ask('draft.load', { id: draft.id })
  const body = bodySchema.safeParse(loaded.ok ? loaded.value?.body : null)
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
