import { type CentreCommand, isDone } from '../centre/centre-hand.ts'
import type { DeskAudit } from '../desk/desk-audit.ts'
import type { Observation } from './observe.ts'
import type { Office } from './office.ts'
import type { OfficeDesk } from './office-desk.ts'

/** What an act of a person took away: it need be nowhere any more. Everything else has to be somewhere. */
export class Excuses {
  readonly #office: Office
  /** Commands that the centre had and lost when it was set back: by their ids and the revisions that they gave. */
  readonly #lost = new Map<string, CentreCommand>()
  /** Documents of PCs that are no more. */
  readonly #orphans = new Set<string>()
  /** By the desk's name, ids of the lines without content that were seen there last. */
  readonly #parkedAt = new Map<string, readonly string[]>()

  constructor(office: Office) {
    this.#office = office
  }

  /** The centre was set back. */
  noteLost(before: readonly CentreCommand[], after: readonly CentreCommand[]): void {
    const kept = new Set(after.map(({ id }) => id))
    for (const command of before) {
      if (kept.has(command.id)) continue
      this.#office.log(`  lost at the centre ${command.id}: ${JSON.stringify(command.outcome)}`)
      // One that was decided anew in between and is lost once more had two effects.
      this.#lost.set(`${command.id} ${'rev' in command.outcome ? command.outcome.rev : ''}`, command)
    }
  }

  get lost(): readonly CentreCommand[] {
    return [...this.#lost.values()]
  }

  /** PCs give back what they remember. What none of them does any more, nobody can give back. */
  forgotten(): void {
    const remembered = new Set(this.#office.everyDesk().flatMap((desk) => [...desk.remembers]))
    const forgotten = this.lost.map(({ id }) => id).filter((id) => !remembered.has(id))
    const why = 'the centre was set back, and the store that had sent it is no more'
    this.#office.ledger.excuse([...forgotten, ...this.#orphans], why)
  }

  /** What was found at the last look. */
  noteSeen({ desks }: Pick<Observation, 'desks'>): void {
    for (const { name, audit } of desks) this.#noteParked(name, audit)
  }

  /** What stands at a desk whose store may be gone soon. Its line must be cut until then. */
  async noteLinesOf(desk: OfficeDesk): Promise<void> {
    const isOpen = !desk.isStoreLost && (await desk.ready())
    const audit = isOpen ? await desk.process?.audit([]) : null
    if (audit) this.#noteParked(desk.name, audit)
  }

  #noteParked(desk: string, audit: DeskAudit | null): void {
    this.#parkedAt.set(
      desk,
      (audit?.parked ?? []).map(({ id }) => id)
    )
  }

  /**
   * A store is no more: what it had sent it remembers no longer; what it had not comes back from its capsule. A line that
   * tells of a document whose case was gone before it went up is in the store alone.
   */
  async forgetSent(desk: OfficeDesk): Promise<void> {
    this.#forgetLines(desk.name)
    const answered = new Set([...(await this.#office.hand.commands()), ...this.lost].map(({ id }) => id))
    for (const id of desk.remembers) if (answered.has(id)) desk.remembers.delete(id)
  }

  /**
   * What only lay on a PC that was deleted or shut out, and was not unsent work: drafts, and what had been refused, before
   * or when it was handed over. Its documents have to be at the centre, as long as that is not set back.
   */
  async left(desk: string, why: string): Promise<void> {
    const { hand, ledger } = this.#office
    const refused = (await hand.commands()).filter((one) => !isDone(one)).map(({ id }) => id)
    ledger.excuse(
      refused.filter((id) => ledger.saved.get(id)?.desk === desk),
      why
    )
    const papers = [...ledger.documents.values()].filter((one) => one.desk === desk).map((one) => one.documentId)
    ledger.excuse(
      papers.filter((id) => refused.includes(id)),
      why
    )
    for (const id of papers) this.#orphans.add(id)
    this.#forgetLines(desk)
    ledger.forgetDraftsOf(desk)
  }

  /** A desk's files are no more: what it alone still had, waiting or refused, need be nowhere. */
  async undone(desk: string, { after, why }: { after: number; why: string }): Promise<void> {
    const { hand, ledger } = this.#office
    const done = new Set((await hand.commands()).filter(isDone).map(({ id }) => id))
    const lost = [...ledger.saved.values()].filter(
      (one) => one.desk === desk && one.no > after && !done.has(one.commandId)
    )
    ledger.excuse(
      lost.map(({ commandId }) => commandId),
      why
    )
    this.#papers(desk, { after, why })
    ledger.forgetDraftsOf(desk, { after })
  }

  #forgetLines(desk: string): void {
    const { ledger } = this.#office
    const told = (this.#parkedAt.get(desk) ?? []).filter((id) => ledger.documents.has(id))
    ledger.excuse(told, 'its case was gone before it went up, and the store with the line that said so is no more')
  }

  #papers(desk: string, { after, why }: { after: number; why: string }): void {
    const { ledger } = this.#office
    const papers = [...ledger.documents.values()].filter((one) => one.desk === desk && one.no > after)
    ledger.excuse(
      papers.map(({ documentId }) => documentId),
      why
    )
  }
}
