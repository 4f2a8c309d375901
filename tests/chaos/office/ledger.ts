import type { BurialReason } from '../centre/centre-hand.ts'

/** A command of which a person was told "saved". */
export interface Saved {
  readonly commandId: string
  readonly desk: string
  readonly caseId: string
  /** Which of the stores that the desk has had one after the other: only that one remembers what it sent. */
  readonly epoch: number
  /** When, counted in saved commands of the whole office. */
  readonly no: number
}

export interface SavedDraft {
  readonly id: string
  readonly desk: string
  readonly caseId: string | null
}

/** A paper of which a person was told that it is attached. */
export interface AttachedDocument {
  readonly documentId: string
  readonly caseId: string
  readonly desk: string
  readonly content: Uint8Array
}

/** What people were told in this run: the measure of everything that is found afterwards. */
export interface Ledger {
  readonly saved: ReadonlyMap<string, Saved>
  readonly drafts: ReadonlyMap<string, SavedDraft>
  readonly documents: ReadonlyMap<string, AttachedDocument>
  readonly typed: ReadonlyMap<string, readonly string[]>
  readonly buried: ReadonlyMap<string, BurialReason>
  /** Commands that were asked for and never answered: each may be there or not. */
  unanswered: number
  /** Commands that need be nowhere any more, and why: a person put an older copy of the file in the place of the newer. */
  readonly excused: ReadonlyMap<string, string>
  noteSaved(saved: Omit<Saved, 'no'>): void
  /** A text that stands in one case alone, and was typed there. */
  noteTyped(caseId: string, marker: string): void
  /** From now on nothing of the case may be anywhere. */
  noteBuried(caseId: string, reason: BurialReason): void
  noteDocument(document: AttachedDocument): void
  noteDraft(draft: SavedDraft): void
  /** The burial was forgotten by everybody who knew of it. */
  forgetBuried(caseId: string): void
  /** It became a case, or a person threw it away. */
  endDraft(id: string): void
  excuse(commandIds: readonly string[], why: string): void
  forgetDraftsOf(desk: string): void
}

/** `log` hears of everything that is noted, for whoever looks into a failure. */
export function createLedger(log: (line: string) => void = () => undefined): Ledger {
  const saved = new Map<string, Saved>()
  const drafts = new Map<string, SavedDraft>()
  const documents = new Map<string, AttachedDocument>()
  const typed = new Map<string, string[]>()
  const buried = new Map<string, BurialReason>()
  const excused = new Map<string, string>()
  return {
    saved,
    drafts,
    excused,
    typed,
    documents,
    buried,
    unanswered: 0,
    noteSaved: (one) => {
      saved.set(one.commandId, { ...one, no: saved.size + 1 })
      log(`  saved ${one.commandId} at ${one.desk} (store ${one.epoch}) about ${one.caseId}`)
    },
    noteTyped: (caseId, marker) => typed.set(caseId, [...(typed.get(caseId) ?? []), marker]),
    noteBuried: (caseId, reason) => {
      buried.set(caseId, reason)
      log(`  ${reason} ${caseId}`)
      for (const draft of drafts.values()) if ([draft.caseId, draft.id].includes(caseId)) drafts.delete(draft.id)
    },
    noteDocument: (document) => documents.set(document.documentId, document),
    noteDraft: (draft) => drafts.set(draft.id, draft),
    forgetBuried: (caseId) => buried.delete(caseId),
    endDraft: (id) => drafts.delete(id),
    excuse: (commandIds, why) => {
      for (const id of commandIds) {
        if (!excused.has(id)) log(`  excused ${id}: ${why}`)
        excused.set(id, why)
      }
    },
    forgetDraftsOf: (desk) => {
      for (const draft of drafts.values()) if (draft.desk === desk) drafts.delete(draft.id)
    }
  }
}
