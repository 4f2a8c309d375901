import fc from 'fast-check'
import { v7 as newUuid } from 'uuid'
import { expect, test } from 'vitest'
import { applyChanges, effectOf } from '#shared/commands/change.ts'
import { type Command, commandSchema } from '#shared/commands/command.ts'
import { decide } from '#shared/commands/decide.ts'
import type { Actor } from '#shared/domain/account/account.ts'
import type { CaseField, CaseRecord } from '#shared/domain/case/case.ts'
import { ok } from '#shared/foundation/result.ts'
import { type PushOutcome, pushLineSchema } from '#shared/sync-protocol/push.ts'
import { caseById } from '../db/case-rows.ts'
import { outboxEntries } from '../outbox/outbox.ts'
import { receiveCase } from '../outbox/settle.ts'
import { openTestDesk, type TestDesk, testPolicies } from '../testing/test-desk.ts'
import type { CentreClient } from './centre-client.ts'
import { pushWaiting } from './push.ts'

type Fault = 'none' | 'lost' | 'unheard' | 'cut'
type Act =
  | { readonly type: 'mine' | 'theirs'; readonly field: number; readonly value: number }
  | { readonly type: 'push'; readonly fault: Fault }
  | { readonly type: 'pull' }

const FIELDS = [
  'applicant.phone',
  'applicant.contactPhone',
  'applicant.account'
] as const satisfies readonly CaseField[]
const typedValue = (field: CaseField, value: number): unknown =>
  field === 'applicant.account'
    ? { bankCode: '088', number: `11023456789${value}`, holder: '강소미' }
    : `0101111222${value}`

/** A centre of one case, as a model: the same rule, no database, and a line that goes wrong when it is told to. */
function createModelCentre(actorOfDesk: Actor) {
  const other: Actor = { ...actorOfDesk, id: newUuid() }
  const known = new Map<string, PushOutcome>()
  let record: CaseRecord | null = null
  let fault: Fault = 'none'
  const judge = (actor: Actor, command: Command): PushOutcome => {
    const deps = { actor, policies: testPolicies, applicationNo: '2026-11-0001', onOvertaken: 'keep_both' as const }
    const decided = decide(deps, record, command)
    if (!decided.ok) return { type: 'Refused', commandId: command.id, refusal: decided.error }
    record = applyChanges(record, decided.value)
    return { ...effectOf(decided.value), commandId: command.id, rev: record.rev, seq: record.rev }
  }
  const take = (command: Command): PushOutcome => {
    const before = known.get(command.id)
    if (before !== undefined) return 'rev' in before ? { ...before, type: 'AlreadyApplied' } : before
    const outcome = judge(actorOfDesk, command)
    known.set(command.id, outcome)
    return outcome
  }
  const client: Pick<CentreClient, 'push'> = {
    push: async (pieces) => {
      if (fault === 'lost') return { ok: false, error: { type: 'Unreachable' } }
      let text = ''
      for await (const piece of pieces) text += piece
      const lines = text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => pushLineSchema.parse(JSON.parse(line)))
      const outcomes = lines.flatMap((line) =>
        line.type === 'command' ? [take(commandSchema.parse(line.command))] : []
      )
      if (fault === 'unheard') return { ok: false, error: { type: 'Unreachable' } }
      const heard = fault === 'cut' ? outcomes.slice(0, outcomes.length >> 1) : outcomes
      const answer = [
        JSON.stringify({ type: 'outcomes', outcomes: heard }),
        ...(fault === 'cut' ? [] : ['{"type":"end"}'])
      ]
      return ok(
        (async function* lines() {
          yield answer
        })()
      )
    }
  }
  return {
    client: client as CentreClient,
    known,
    record: () => record,
    goWrong: (next: Fault) => {
      fault = next
    },
    /** Somebody else corrects the case at her own desk, with what stands before her eyes. */
    theirs: (field: CaseField, value: unknown) => {
      if (record === null) return
      const args = { changes: [{ field, value }], reason: '확인' }
      const base = { [field]: record.fieldRevs[field] ?? 1 }
      const identity = { id: newUuid(), caseId: record.case.id, deviceId: newUuid(), deviceSeq: 1, issuedBy: other.id }
      judge(other, { ...identity, name: 'case.correct', args, base, issuedAt: '2026-11-23T02:00:00.000Z' })
    }
  }
}

const push = (desk: TestDesk, client: CentreClient) =>
  pushWaiting({
    ...desk.deps,
    sealToCentre: () => null,
    onErased: () => undefined,
    onBatches: () => undefined,
    db: desk.db,
    client,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onCases: () => undefined
  })

const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    type: fc.constantFrom('mine' as const, 'mine' as const, 'theirs' as const),
    field: fc.nat(FIELDS.length - 1),
    value: fc.nat(3)
  }),
  fc.record({ type: fc.constant('push' as const), fault: fc.constantFrom<Fault>('none', 'lost', 'unheard', 'cut') }),
  fc.record({ type: fc.constant('pull' as const) })
)

test('whatever is lost on the way and whoever else works on the case, each command is judged once and both end alike', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { maxLength: 25 }), async (played) => {
      const desk = openTestDesk()
      try {
        const centre = createModelCentre(desk.actor)
        const caseId = desk.register()
        const made = new Set(outboxEntries(desk.db).map(({ command }) => command.id))
        const pull = (): void => {
          const record = centre.record()
          if (record !== null) desk.db.write((tx) => ok(receiveCase(tx, desk.deps, record)))
        }
        await push(desk, centre.client)
        for (const act of played) {
          if (act.type === 'pull') pull()
          else if (act.type === 'push') {
            centre.goWrong(act.fault)
            await push(desk, centre.client)
          } else {
            const field = FIELDS[act.field] ?? 'applicant.phone'
            const value = typedValue(field, act.value)
            if (act.type === 'theirs') centre.theirs(field, value)
            else if (desk.correct(caseId, field, value).ok) made.add(outboxEntries(desk.db).at(-1)?.command.id ?? '')
          }
        }
        centre.goWrong('none')
        await push(desk, centre.client)
        pull()
        expect(new Set(centre.known.keys())).toEqual(made)
        expect(caseById(desk.db, caseId)).toEqual({ record: centre.record(), waiting: false })
        const refused = [...centre.known].flatMap(([id, { type }]) => (type === 'Refused' ? [id] : []))
        const left = outboxEntries(desk.db)
        expect(left.map(({ status }) => status)).toEqual(left.map(() => 'refused'))
        expect(left.map(({ command }) => command.id).filter((id) => !refused.includes(id))).toEqual([])
        expect(desk.db.all('SELECT case_id FROM confirmed_cases')).toEqual([])
      } finally {
        desk.close()
      }
    }),
    { numRuns: 40 }
  )
})
