import { v7 as newUuid } from 'uuid'
import type { Intent } from '#shared/commands/command.ts'
import type { CaseField } from '#shared/domain/case/case.ts'
import { nextStates } from '#shared/domain/case/case-state.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { DISTRICTS, DONGS } from '../plan/plan.ts'
import type { Correction, PersonStep } from '../plan/step.ts'
import type { Office } from './office.ts'
import type { OfficeDesk } from './office-desk.ts'

/** Stands in every text that a person types here: what must not be readable in any file. */
export const MARKER = 'chaos-marker'

/** What people do at their desks. Each act says what was promised to its person into the ledger. */
export class Acts {
  readonly #office: Office
  /** Makes every typed value unlike all others. */
  #serial = 0

  constructor(office: Office) {
    this.#office = office
  }

  async perform(step: PersonStep): Promise<void> {
    if (step.type === 'together') return this.#together(step)
    const desk = this.#office.deskAt(step.desk)
    if (!(await desk.ready())) return
    switch (step.type) {
      case 'register':
        return this.register(desk, { withDraft: step.withDraft })
      case 'correct':
        return this.correct(desk, step)
      case 'move':
        return this.#move(desk, step)
      case 'attach':
        return this.#attach(desk, step)
      case 'draft':
        return this.#draft(desk, step.share)
      case 'look':
        return this.#look(desk, step.share)
      case 'discard':
        return this.#discard(desk)
      case 'decide':
        return this.#decide(desk, step)
      case 'amend':
        return this.#amend(desk)
      case 'hand_over':
        await desk.ask('session.lock', { cause: 'asked' })
        desk.handOver()
        await desk.ready()
        return
      case 'sync': {
        const synced = desk.ask('sync.now', {})
        if (step.waits) await synced
        else synced.catch(() => undefined)
        return
      }
      case 'lock':
        await desk.ask('session.lock', { cause: 'asked' })
        return
      default:
        return assertNever(step)
    }
  }

  async register(desk: OfficeDesk, { withDraft }: { withDraft: boolean }): Promise<void> {
    const serial = this.#next()
    const sample = sampleIntake()
    const intent: Intent = {
      name: 'case.register',
      args: {
        ...sample,
        dongCode: DONGS[desk.districtCode] ?? '',
        applicant: { ...sample.applicant, name: nameOf(serial), email: emailOf(serial), phone: phoneOf(serial) }
      }
    }
    const draftId = withDraft ? newUuid() : null
    if (draftId !== null) await this.#saveDraft(desk, { id: draftId, kind: 'intake', caseId: null })
    const taken = await this.#run(desk, { caseId: null, base: {}, draftId, intent })
    const caseId = draftId ?? (taken === null ? null : taken.caseId)
    if (caseId !== null) this.#office.ledger.noteTyped(caseId, phoneOf(serial))
    // The window asks once more after a desk that died in the middle of it: the draft's id keeps it from being done twice.
    if (taken === null && draftId !== null && (await desk.ready())) {
      await this.#run(desk, { caseId: null, base: {}, draftId, intent })
    }
  }

  async correct(desk: OfficeDesk, { share, field }: { share: number; field: Correction }): Promise<void> {
    const view = await this.#openCase(desk, share)
    if (view === null) return
    const change = this.#changeOf(field)
    const marker = markerIn(change)
    if (marker !== null) this.#office.ledger.noteTyped(view.case.id, marker)
    const intent: Intent = { name: 'case.correct', args: { changes: [change], reason: `정정 ${MARKER}` } }
    await this.#run(desk, { caseId: view.case.id, base: view.fieldRevs, draftId: null, intent })
  }

  async #move(desk: OfficeDesk, step: { share: number; to: number }): Promise<void> {
    const view = await this.#openCase(desk, step.share)
    if (view === null) return
    const ways = nextStates(view.case.state)
    const to = ways[step.to % Math.max(1, ways.length)] ?? view.case.state
    const intent: Intent = { name: 'case.move', args: { to, reason: `검토 ${MARKER}` } }
    await this.#run(desk, { caseId: view.case.id, base: view.fieldRevs, draftId: null, intent })
  }

  async #together({ district, share, field }: Extract<PersonStep, { type: 'together' }>): Promise<void> {
    const code = DISTRICTS[district]
    const desks = this.#office.everyDesk().filter((desk) => desk.districtCode === code)
    await Promise.all(
      desks.map(async (desk) => {
        if (await desk.ready()) await this.correct(desk, { share, field })
      })
    )
  }

  async #attach(desk: OfficeDesk, { share, bytes }: { share: number; bytes: number }): Promise<void> {
    const view = await this.#openCase(desk, share)
    if (view === null) return
    const content = paperOf(this.#next(), bytes)
    const caseId = view.case.id
    const attached = await desk.ask('document.attach', { caseId, title: 'income_proof', content })
    if (!attached?.ok) return
    const { documentId } = attached.value
    this.#office.ledger.noteDocument({ documentId, caseId, desk: desk.name, content })
  }

  async #draft(desk: OfficeDesk, share: number): Promise<void> {
    const view = await this.#openCase(desk, share)
    const kind = view === null ? 'intake' : 'correction'
    await this.#saveDraft(desk, { id: newUuid(), kind, caseId: view?.case.id ?? null })
  }

  async #look(desk: OfficeDesk, share: number): Promise<void> {
    const view = await this.#openCase(desk, share)
    if (view === null) return
    await desk.ask('case.search', { text: view.case.applicant.name.slice(0, 2), limit: 20 })
    await desk.ask('case.unmask', { caseId: view.case.id, field: 'applicant.account', index: 0, reason: '통화 확인' })
  }

  /** Gives up the oldest command that the centre refused. */
  async #discard(desk: OfficeDesk): Promise<void> {
    const outbox = await desk.ask('outbox.list', {})
    const refused = outbox?.ok ? outbox.value.find(({ status }) => status === 'refused') : undefined
    if (refused === undefined) return
    const given = await desk.ask('outbox.discard', { commandId: refused.commandId })
    if (given?.ok) this.#office.ledger.excuse([refused.commandId], 'its author gave it up')
  }

  async #decide(desk: OfficeDesk, { share, pick }: Extract<PersonStep, { type: 'decide' }>): Promise<void> {
    const list = await desk.ask('conflict.list', {})
    const shown = list?.ok ? list.value.items[Math.floor(share * list.value.items.length)] : undefined
    if (shown === undefined) return
    const { caseId, conflictId } = shown
    const seen = await desk.ask('conflict.open', { caseId, conflictId })
    if (!seen?.ok) return
    const args = { conflictId, field: seen.value.field, mineCommandId: seen.value.mine.commandId, pick, reason: '확인' }
    const intent: Intent = { name: 'conflict.resolve', args }
    await this.#run(desk, { caseId, base: seen.value.fieldRevs, draftId: null, intent })
  }

  /** Takes up again the oldest command that the centre refused: what it held is a draft then. */
  async #amend(desk: OfficeDesk): Promise<void> {
    const outbox = await desk.ask('outbox.list', {})
    const refused = outbox?.ok ? outbox.value.find(({ status }) => status === 'refused') : undefined
    if (refused === undefined) return
    const taken = await desk.ask('outbox.correct', { commandId: refused.commandId })
    if (!taken?.ok) return
    this.#office.ledger.excuse([refused.commandId], 'its author took it up again')
    if (taken.value.screen === 'intake') {
      this.#office.ledger.noteDraft({ id: taken.value.draftId, desk: desk.name, caseId: null })
    }
  }

  async #saveDraft(
    desk: OfficeDesk,
    draft: { id: string; kind: 'intake' | 'correction'; caseId: string | null }
  ): Promise<void> {
    const saved = await desk.ask('draft.save', { ...draft, title: '', body: { text: MARKER } })
    if (saved?.ok) this.#office.ledger.noteDraft({ id: draft.id, desk: desk.name, caseId: draft.caseId })
  }

  /** null: nobody answered. */
  async #run(
    desk: OfficeDesk,
    request: Parameters<typeof desk.ask<'command.run'>>[1]
  ): Promise<{ caseId: string | null } | null> {
    const { ledger } = this.#office
    const answer = await desk.ask('command.run', request)
    if (answer === null) ledger.unanswered += 1
    else if (answer.ok && answer.madeId !== null) {
      ledger.noteSaved({ commandId: answer.madeId, desk: desk.name, caseId: answer.value.caseId })
      desk.remembers.add(answer.madeId)
    }
    if (request.draftId !== null && answer !== null && isDone(answer)) ledger.endDraft(request.draftId)
    return answer === null ? null : { caseId: answer.ok ? answer.value.caseId : null }
  }

  /** The case at this share of the desk's list; null: the desk shows none, or cannot be asked. */
  async #openCase(desk: OfficeDesk, share: number): Promise<CaseView | null> {
    const sort = { column: 'applicationNo', descending: false } as const
    const filter = { service: null, state: null, dongCode: null, dueUntil: null, mineOnly: false }
    const list = await desk.ask('case.list', { filter, sort, from: { at: 'first' } })
    if (!list?.ok) return null
    const row = list.value.rows[Math.floor(share * list.value.rows.length)]
    const opened = row === undefined ? null : await desk.ask('case.open', { caseId: row.id })
    return opened?.ok ? opened.value : null
  }

  #changeOf(field: Correction): { field: CaseField; value: unknown } {
    const serial = this.#next()
    switch (field) {
      case 'phone':
        return { field: 'applicant.phone', value: phoneOf(serial) }
      case 'email':
        // Few values, so that two people now and then type the same.
        return { field: 'applicant.email', value: emailOf(serial % 3) }
      case 'income':
        return { field: 'applicant.income', value: { householdSize: 3, monthlyWon: serial } }
      case 'account':
        return { field: 'applicant.account', value: { bankCode: '088', number: accountOf(serial), holder: '강소미' } }
      case 'name':
        return { field: 'applicant.name', value: nameOf(serial) }
      case 'household':
        return { field: 'household', value: sampleIntake().household.slice(0, 1 + (serial % 2)) }
      default:
        return assertNever(field)
    }
  }

  #next(): number {
    this.#serial += 1
    return this.#serial
  }
}

const isDone = (answer: { ok: boolean; error?: unknown }): boolean =>
  answer.ok || JSON.stringify(answer.error).includes('CaseAlreadyRegistered')

/** What stands in no other case: a phone or an account. */
function markerIn({ value }: { value: unknown }): string | null {
  if (typeof value === 'string' && /^010\d{8}$/.test(value)) return value
  return typeof value === 'object' && value !== null && 'number' in value ? String(value.number) : null
}

/** A paper unlike all others. */
function paperOf(serial: number, bytes: number): Uint8Array<ArrayBuffer> {
  const paper = Buffer.alloc(bytes, `paper ${serial} ${MARKER} `)
  paper.write('%PDF-1.7')
  return new Uint8Array(paper)
}

const FAMILY = ['김', '이', '박', '최', '정', '강', '조', '윤']
const GIVEN = ['가온', '나래', '다솜', '라온', '마루', '바다', '새봄', '아람', '하늘', '예솔']
const nameOf = (serial: number): string => `${FAMILY[serial % 8]}${GIVEN[(serial >> 3) % 10]}${serial}`
const emailOf = (serial: number): string => `${MARKER}.${serial}@example.kr`
const phoneOf = (serial: number): string => `010${String(10_000_000 + serial * 7919).slice(-8)}`
const accountOf = (serial: number): string => String(110_000_000_000 + serial)
