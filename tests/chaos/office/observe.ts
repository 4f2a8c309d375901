import type { CaseRecord } from '#shared/domain/case/case.ts'
import { findPlaintext } from '../../helpers/plaintext.ts'
import type { BurialReason, CentreCommand } from '../centre/centre-hand.ts'
import type { DeskAudit } from '../desk/desk-audit.ts'
import { DISTRICTS } from '../plan/plan.ts'
import { MARKER } from './acts.ts'
import type { AttachedDocument, Saved, SavedDraft } from './ledger.ts'
import type { Fault, Office } from './office.ts'
import type { Halt, Rest } from './settle.ts'

/** Everything that the invariants are about, gathered while nothing moves. */
export interface Observation {
  /** Desks that did not come to rest. */
  readonly restless: readonly string[]
  readonly saved: readonly Saved[]
  readonly excused: ReadonlyMap<string, string>
  /** Commands that were never answered: each may have been done. */
  readonly unanswered: number
  readonly drafts: readonly SavedDraft[]
  readonly commands: readonly CentreCommand[]
  readonly districts: readonly DistrictState[]
  /** Cases that were taken out of use, and where something of them still lies at the centre. */
  readonly buried: readonly Buried[]
  readonly documents: readonly Omit<AttachedDocument, 'content'>[]
  readonly pieces: ReadonlyMap<string, number>
  /** How often the centre was set back. */
  readonly restores: number
  /** What it lost then, as it had been. */
  readonly lost: readonly CentreCommand[]
  /** Ids of PCs that took over commands of a store that was set back or copied, and how many at most. */
  readonly renumbered: ReadonlyMap<string, number>
  /** Stores that could not be opened although nothing had been done to them. */
  readonly broken: readonly string[]
  /** How often a case went to another district. */
  readonly moves: ReadonlyMap<string, number>
  /** Commands that lie at the centre beside the cases. */
  readonly keptOut: ReadonlySet<string>
  readonly desks: readonly ObservedDesk[]
  /** Files in which something that was typed stands readable. */
  readonly plaintext: readonly string[]
  readonly faults: readonly Fault[]
}

export interface Buried {
  readonly caseId: string
  readonly reason: BurialReason
  readonly traces: readonly string[]
  /** Texts that were typed in this case alone. */
  readonly typed: readonly string[]
}

export interface DistrictState {
  readonly districtCode: string
  readonly cursor: number
  readonly records: readonly CaseRecord[]
}

export interface ObservedDesk {
  readonly name: string
  readonly districtCode: string
  /** It has stopped on purpose, and says why. */
  readonly halt: Halt | null
  /** Its files were copied or set back at some time. */
  readonly wasCopied: boolean
  /** null: no store is open. */
  readonly audit: DeskAudit | null
}

export async function observe(office: Office, { restless, halted }: Rest): Promise<Observation> {
  const { ledger, hand } = office
  const districts: DistrictState[] = []
  for (const districtCode of DISTRICTS) districts.push({ districtCode, ...(await hand.recordsOf(districtCode)) })
  const buried: Buried[] = []
  for (const [caseId, reason] of ledger.buried) {
    buried.push({ caseId, reason, traces: await hand.tracesOf(caseId), typed: ledger.typed.get(caseId) ?? [] })
  }
  const typed = buried.flatMap((one) => one.typed)
  const desks = await Promise.all(
    office.everyDesk().map(async ({ name, districtCode, process }) => ({
      name,
      districtCode,
      halt: halted.get(name) ?? null,
      wasCopied: office.copied.has(name),
      audit: (await process?.audit(typed)) ?? null
    }))
  )
  return {
    restless,
    saved: [...ledger.saved.values()],
    excused: ledger.excused,
    unanswered: ledger.unanswered,
    drafts: [...ledger.drafts.values()],
    commands: await hand.commands(),
    districts,
    buried,
    documents: [...ledger.documents.values()].map(({ content: _content, ...document }) => document),
    pieces: await hand.documentPieces(),
    restores: office.restores,
    lost: office.excuses.lost,
    renumbered: office.renumbered,
    broken: [...office.broken],
    moves: office.moves,
    keptOut: await hand.keptOut(),
    desks,
    plaintext: findPlaintext(office.dir, [MARKER, '강소미', '01023456789']).map(
      ({ file, encoding }) => `${file} (${encoding})`
    ),
    faults: [...office.faults]
  }
}
