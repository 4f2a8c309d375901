import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyChanges } from '#shared/commands/change.ts'
import type { Command, Intent } from '#shared/commands/command.ts'
import { decide } from '#shared/commands/decide.ts'
import { fieldsToHaveSeen } from '#shared/commands/overtaken.ts'
import type { Actor } from '#shared/domain/account/account.ts'
import { type CaseField, type CaseRecord, caseRecordSchema } from '#shared/domain/case/case.ts'
import { readField } from '#shared/domain/case/case-fields.ts'
import { isSameValue } from '#shared/domain/case/same-value.ts'
import { HELD_POLICIES } from '#shared/domain/demo/held-policies.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { expectOk } from '#shared/foundation/result.ts'
import type { CaseEntry } from './outbox.ts'
import { decideEntry, rerun } from './rerun.ts'
import { resolveMarks } from './seen-revisions.ts'

/** Two PCs and a centre in memory, with the rules of the real ones: what people typed must never be lost. */

const DEPS = { policies: HELD_POLICIES }
const CASE_ID = '01935a00-0000-7000-8000-000000000001'
const AT = '2026-11-23T02:00:00.000Z'
const FIELDS = ['applicant.phone', 'applicant.name', 'applicant.account'] as const satisfies readonly CaseField[]
type Field = (typeof FIELDS)[number]

interface Typed {
  readonly commandId: string
  readonly field: Field
  readonly value: unknown
  /** What its author had before her eyes. */
  readonly over: unknown
}

/** What two people do, in any order: type a value, decide a conflict, let the PC send and receive. */
const anyStep = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('type' as const), field: fc.constantFrom(...FIELDS), value: fc.nat(7) })
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('sync' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      pick: fc.constantFrom('theirs' as const, 'mine' as const)
    })
  }
)
type Step = typeof anyStep extends fc.Arbitrary<infer S> ? S : never
const anyDay = fc.array(fc.tuple(fc.constantFrom(0, 1), anyStep), { maxLength: 24 })

const VALUES: Readonly<Record<Field, (no: number) => unknown>> = {
  'applicant.phone': (no) => `0101000${2000 + no}`,
  'applicant.name': (no) => `강소${'가나다라마바사아'[no]}`,
  'applicant.account': (no) => ({ bankCode: '004', number: `1234567890${2000 + no}`, holder: '강소미' })
}

const registered: CaseRecord = applyChanges(
  null,
  expectOk(
    decide(
      { ...DEPS, actor: actor(0), applicationNo: '2026-11-0001', onOvertaken: 'refuse' },
      null,
      commandOf(0, 1, { name: 'case.register', args: sampleIntake() })
    )
  )
)

function actor(who: number): Actor {
  return { id: `01935a00-0000-7000-8000-0000000000a${who}`, role: 'caseworker', districtCode: '11680' }
}
function commandOf(who: number, deviceSeq: number, intent: Intent): Command {
  const id = `01935a00-0000-7000-8${who}00-${String(deviceSeq).padStart(12, '0')}`
  return {
    id,
    caseId: CASE_ID,
    base: {},
    issuedAt: AT,
    issuedBy: actor(who).id,
    deviceId: CASE_ID,
    deviceSeq,
    ...intent
  }
}

class Office {
  centre = registered
  readonly typed: Typed[] = []
  readonly refused = new Set<string>()
  readonly pcs = [0, 1].map((who) => ({
    who,
    seq: 1,
    confirmed: registered,
    waiting: [] as CaseEntry[],
    acknowledged: new Map<number, number>()
  }))

  shown(who: number): CaseRecord {
    const pc = this.pc(who)
    const record = rerun(DEPS, pc.confirmed, pc.waiting)
    if (record === null) throw new Error('the case is there')
    return record
  }

  play(who: number, step: Step): void {
    const record = this.shown(who)
    if (step.do === 'sync') {
      this.sync(who)
      return
    }
    if (step.do === 'decide') {
      const decided = record.case.edits.flatMap(({ closed }) => closed).at(-1)?.conflict
      const conflict = record.case.conflicts[0] ?? decided
      if (conflict === undefined) return
      const { id: conflictId, field, mine } = conflict
      const args = { conflictId, field, mineCommandId: mine.commandId, pick: step.pick, reason: '확인' }
      this.run(who, { name: 'conflict.resolve', args })
      return
    }
    const value = VALUES[step.field](step.value)
    const change = { field: step.field, value }
    const done = this.run(who, { name: 'case.correct', args: { changes: [change], reason: '확인' } })
    if (done !== null) this.typed.push({ commandId: done, ...change, over: readField(record.case, step.field) })
  }

  /** At the form; null when the person is told at once that it cannot be. */
  private run(who: number, intent: Intent): string | null {
    const pc = this.pc(who)
    const record = this.shown(who)
    const base = Object.fromEntries(fieldsToHaveSeen(intent).map((field) => [field, record.fieldRevs[field] ?? 1]))
    const command = { ...commandOf(who, pc.seq + 1, intent), base }
    const entry: CaseEntry = { command, actor: actor(who), applicationNo: '' }
    if (!decideEntry(DEPS, record, entry, 'refuse').ok) return null
    pc.seq += 1
    pc.waiting.push(entry)
    return command.id
  }

  sync(who: number): void {
    const pc = this.pc(who)
    for (const entry of pc.waiting) {
      const base = resolveMarks(entry.command.base, (seq) => pc.acknowledged.get(seq) ?? null)
      const command = { ...entry.command, base }
      const decided = decideEntry(DEPS, this.centre, { ...entry, command }, 'keep_both')
      if (!decided.ok) this.refused.add(command.id)
      else this.centre = caseRecordSchema.parse(applyChanges(this.centre, decided.value))
      pc.acknowledged.set(command.deviceSeq, decided.ok ? this.centre.rev : 0)
    }
    pc.waiting = []
    pc.confirmed = this.centre
  }

  private pc(who: number) {
    const pc = this.pcs[who]
    if (pc === undefined) throw new Error('no such PC')
    return pc
  }
}

function playDay(day: ReadonlyArray<readonly [number, Step]>): Office {
  const office = new Office()
  for (const [who, step] of day) office.play(who, step)
  for (const who of [0, 1, 0]) office.sync(who)
  return office
}

/** Every value that the case still holds for a field: standing, waiting in a conflict, or not chosen in one. */
function heldValues({ case: subject }: CaseRecord, field: Field): unknown[] {
  const closed = subject.edits.flatMap((step) => step.closed.map(({ conflict }) => conflict))
  const sides = [...subject.conflicts, ...closed].filter((conflict) => conflict.field === field)
  return [readField(subject, field), ...sides.flatMap(({ theirs, mine }) => [theirs.value, mine.value])]
}

test('whatever two people do in whatever order, no value is lost that somebody else has not seen', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const { centre, typed, refused } = playDay(day)
      for (const { commandId, field, value } of typed) {
        const isHeld = heldValues(centre, field).some((held) => isSameValue(held, value))
        const wasReplacedKnowingly = typed.some((later) => later.field === field && isSameValue(later.over, value))
        expect([isHeld || wasReplacedKnowingly || refused.has(commandId), field]).toEqual([true, field])
      }
    }),
    { numRuns: 400 }
  )
})

test('both PCs end up with what the centre holds, and nothing of the PCs’ own marks is left in it', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const office = playDay(day)
      expect([office.shown(0), office.shown(1)].map((record) => record.case)).toEqual([
        office.centre.case,
        office.centre.case
      ])
      const revisions = [
        ...Object.values(office.centre.fieldRevs),
        ...office.centre.case.conflicts.map(({ rev }) => rev)
      ]
      expect(revisions.filter((rev) => rev > office.centre.rev)).toEqual([])
    }),
    { numRuns: 150 }
  )
})

test('running what waits again on the same record gives the same, and names conflicts as the centre will', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const office = new Office()
      for (const [who, step] of day) office.play(who, step)
      office.sync(0)
      const [, late] = office.pcs
      if (late === undefined) throw new Error('two PCs')
      late.confirmed = office.centre // received, nothing sent yet
      const shown = office.shown(1)
      expect(office.shown(1)).toEqual(shown)
      office.sync(1)
      const ids = (record: CaseRecord) => record.case.conflicts.map(({ id, mine }) => [id, mine.value])
      expect(ids(office.centre)).toEqual(ids(shown))
    }),
    { numRuns: 150 }
  )
})

test('people who touch different fields never meet, and it does not matter who is first', () => {
  const fields = fc.constantFrom<[Field, Field]>(
    ['applicant.phone', 'applicant.name'],
    ['applicant.name', 'applicant.account']
  )
  const ownEdits = (field: Field) =>
    fc.array(
      fc.nat(3).map((value) => ({ do: 'type' as const, field, value })),
      { maxLength: 4 }
    )
  const both = fields.chain(([one, other]) => fc.tuple(ownEdits(one), ownEdits(other)))
  fc.assert(
    fc.property(both, ([hers, theirs]) => {
      const contents = [0, 1].map((first) => {
        const office = new Office()
        for (const step of hers) office.play(0, step)
        for (const step of theirs) office.play(1, step)
        for (const who of [first, 1 - first]) office.sync(who)
        const { edits: _, ...content } = office.centre.case
        return content
      })
      expect(contents[0]).toEqual(contents[1])
      expect(contents[0]?.conflicts).toEqual([])
    })
  )
})
