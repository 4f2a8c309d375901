import type { BurialReason } from '../centre/centre-hand.ts'

/** A command of which a person was told "saved". */
export interface Saved {
  readonly commandId: string
  readonly desk: string
  readonly caseId: string
  /** When, counted in everything that the office was told. */
  readonly no: number
}

export interface SavedDraft {
  readonly id: string
  readonly desk: string
  readonly caseId: string | null
  readonly no: number
}

/** A paper of which a person was told that it is attached. */
export interface AttachedDocument {
  readonly documentId: string
  readonly caseId: string
  readonly desk: string
  readonly content: Uint8Array
  readonly no: number
}

/** What people were told in this run: the measure of everything that is found afterwards. */
export interface Ledger {
  readonly saved: ReadonlyMap<string, Saved>
  readonly drafts: ReadonlyMap<string, SavedDraft>
  readonly documents: ReadonlyMap<string, AttachedDocument>
  readonly typed: ReadonlyMap<string, readonly string[]>
  readonly buried: ReadonlyMap<string, BurialReason>
  /** How much the office has been told so far. */
  readonly now: () => number
  /** Commands that were asked for and never answered: each may be there or not. */
  unanswered: number
  /** Commands that need be nowhere any more, and why: a person put an older copy of the file in the place of the newer. */
  readonly excused: ReadonlyMap<string, string>
  noteSaved(saved: Omit<Saved, 'no'>): void
  /** A text that stands in one case alone, and was typed there. */
  noteTyped(caseId: string, marker: string): void
  /** From now on nothing of the case may be anywhere. */
  noteBuried(caseId: string, reason: BurialReason): void
  /** The case is another district's from now on. */
  noteMoved(caseId: string): void
  noteDocument(document: Omit<AttachedDocument, 'no'>): void
  noteDraft(draft: Omit<SavedDraft, 'no'>): void
  /** The burial was forgotten by everybody who knew of it. */
  forgetBuried(caseId: string): void
  /** It became a case, or a person threw it away. */
  endDraft(id: string): void
  excuse(commandIds: readonly string[], why: string): void
  /** `after`: those that are younger. */
  forgetDraftsOf(desk: string, options?: { after: number }): void
}

/** `log` hears of everything that is noted, for whoever looks into a failure. */
export function createLedger(log: (line: string) => void = () => undefined): Ledger {
  const saved = new Map<string, Saved>()
  const drafts = new Map<string, SavedDraft>()
  const documents = new Map<string, AttachedDocument>()
  const typed = new Map<string, string[]>()
  const buried = new Map<string, BurialReason>()
  const excused = new Map<string, string>()
  let no = 0
  const next = (): number => {
    no += 1
    return no
  }
  /** PCs erase them with the case, which a restore may bring back to them. */
  const forgetDraftsAbout = (caseId: string): void => {
    for (const draft of drafts.values()) if ([draft.caseId, draft.id].includes(caseId)) drafts.delete(draft.id)
  }
  return {
    saved,
    drafts,
    excused,
    typed,
    documents,
    buried,
    now: () => no,
    unanswered: 0,
    noteSaved: (one) => {
      saved.set(one.commandId, { ...one, no: next() })
      log(`  saved ${one.commandId} at ${one.desk} about ${one.caseId}`)
    },
    noteTyped: (caseId, marker) => typed.set(caseId, [...(typed.get(caseId) ?? []), marker]),
    noteBuried: (caseId, reason) => {
      buried.set(caseId, reason)
      log(`  ${reason} ${caseId}`)
      forgetDraftsAbout(caseId)
    },
    noteMoved: (caseId) => {
      log(`  moved away ${caseId}`)
      forgetDraftsAbout(caseId)
    },
    noteDocument: (document) => documents.set(document.documentId, { ...document, no: next() }),
    noteDraft: (draft) => {
      drafts.set(draft.id, { ...draft, no: next() })
      log(`  draft ${draft.id} at ${draft.desk} about ${draft.caseId}`)
    },
    forgetBuried: (caseId) => {
      buried.delete(caseId)
      for (const { documentId, caseId: of } of documents.values()) {
        if (of === caseId) excused.set(documentId, 'its case was destroyed before the centre was set back')
      }
    },
    endDraft: (id) => drafts.delete(id),
    excuse: (commandIds, why) => {
      for (const id of commandIds) {
        if (!excused.has(id)) log(`  excused ${id}: ${why}`)
        excused.set(id, why)
      }
    },
    forgetDraftsOf: (desk, { after } = { after: 0 }) => {
      for (const draft of drafts.values()) if (draft.desk === desk && draft.no > after) drafts.delete(draft.id)
    }
  }
}
