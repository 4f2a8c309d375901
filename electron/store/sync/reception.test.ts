import fc from 'fast-check'
import { v7 as newUuid } from 'uuid'
import { expect, test } from 'vitest'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { readCasePage, writeCasePage } from '#shared/store-format/case-page.ts'
import type { ReadLine } from '#shared/sync-protocol/read-pull-line.ts'
import { caseById } from '../db/case-rows.ts'
import type { StoreDb } from '../db/database.ts'
import { META_KEYS, readMetaNumber } from '../db/meta.ts'
import { carriedPolicies } from '../policy/policies.ts'
import { openTestStore } from '../testing/test-store.ts'
import { createReception, type Reception } from './reception.ts'

type Change = Extract<ReadLine, { type: 'case' | 'gone' }>
type Act =
  | { readonly type: 'change' | 'goes'; readonly subject: number }
  /** `lines`: what comes before the line is cut; null: everything. */
  | ({ readonly type: 'pull'; readonly lines: number | null } & Pieces)
/** `pieces`: after how many lines each the store writes. `isPacked`: they come as a page. */
interface Pieces {
  readonly pieces: number
  readonly isPacked: boolean
}

const CASES = 5
const madeUp = createCaseGenerator({ seed: 3, districtCodes: ['11680'], today: '2026-11-20', count: CASES })
const subjects = Array.from({ length: CASES }, (_, index) => madeUp(index))
const idOf = (change: Change): string => (change.type === 'case' ? change.record.case.id : change.caseId)

/** What the centre says, one newest change a case, as a model without a database. */
function createStream() {
  const centreId = newUuid()
  const newest = new Map<string, Change>()
  const revs = new Map<string, number>()
  let end = 0
  return {
    end: () => end,
    newest: () => [...newest.values()],
    change: (subject: CaseRecord) => {
      end += 1
      const { id } = subject.case
      const rev = (revs.get(id) ?? subject.rev) + 1
      revs.set(id, rev)
      const record = { ...subject, rev, case: { ...subject.case, state: 'received' as const } }
      newest.set(id, { type: 'case', seq: end, record })
    },
    goes: (subject: CaseRecord) => {
      if (newest.get(subject.case.id)?.type !== 'case') return
      end += 1
      newest.set(subject.case.id, { type: 'gone', seq: end, caseId: subject.case.id, reason: 'scope' })
    },
    linesAfter: (cursor: number): ReadLine[] => {
      const changes = [...newest.values()].filter(({ seq }) => seq > cursor).sort((a, b) => a.seq - b.seq)
      const start = { type: 'start' as const, centreId, total: changes.length, generation: 0, deviceSeq: 0 }
      return [
        start,
        ...changes,
        { type: 'end', cursor: end, serverTime: '2026-11-23T02:00:00.000Z', receipt: 'of a test' }
      ]
    }
  }
}

const deps = { policies: carriedPolicies(), now: () => '2026-11-23T02:00:00.000Z', sealToCentre: () => null }
const silent = {
  onErased: () => undefined,
  onBatches: () => undefined,
  onProgress: () => undefined,
  onCases: () => undefined,
  onLoaded: () => undefined,
  onStaff: () => undefined
}

async function pull(db: StoreDb, lines: readonly ReadLine[], { pieces, isPacked }: Pieces): Promise<void> {
  const reception = createReception({ ...deps, ...silent, db })
  for (let at = 0; at < lines.length; at += pieces) {
    const piece = lines.slice(at, at + pieces)
    if (isPacked) for (const line of piece) if (!isChange(line)) expectOk(reception.take(line))
    if (isPacked) await takePacked(reception, piece.filter(isChange))
    else for (const line of piece) expectOk(reception.take(line))
    expectOk(reception.store())
  }
  const closed = reception.close()
  expect(closed.ok).toBe(lines.at(-1)?.type === 'end')
}

const isChange = (line: ReadLine): line is Change => line.type === 'case' || line.type === 'gone'

async function takePacked(reception: Reception, changes: readonly Change[]): Promise<void> {
  const cursor = changes.at(-1)?.seq
  if (cursor === undefined) return
  const records = changes.flatMap((change) => (change.type === 'case' ? [change.record] : []))
  const others = changes.filter(({ type }) => type === 'gone').map((change) => JSON.stringify(change))
  const page = readCasePage(writeCasePage({ cursor, records, others: () => others.join('\n') }))
  if (page === null) throw new Error('the page cannot be read')
  expectOk(await reception.takePage(page, () => Promise.resolve()))
}

/** Everything up to the cursor is here as the centre has it. */
function expectNothingSkipped(db: StoreDb, newest: readonly Change[]): void {
  const cursor = readMetaNumber(db, META_KEYS.cursor)
  for (const change of newest.filter(({ seq }) => seq <= cursor)) {
    const expected = change.type === 'case' ? change.record : undefined
    expect(caseById(db, idOf(change))?.record).toEqual(expected)
  }
}

const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ type: fc.constantFrom('change', 'goes'), subject: fc.nat(CASES - 1) }),
  fc.record({
    type: fc.constant('pull'),
    lines: fc.option(fc.integer({ min: 1, max: CASES + 1 })),
    pieces: fc.integer({ min: 1, max: 4 }),
    isPacked: fc.boolean()
  })
)

test('wherever a pull is cut and however its lines are written, the cursor never passes over a change', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { maxLength: 30 }), async (played) => {
      const store = openTestStore()
      const stream = createStream()
      try {
        for (const act of played) {
          if (act.type === 'pull') {
            const lines = stream.linesAfter(readMetaNumber(store.db, META_KEYS.cursor))
            await pull(store.db, lines.slice(0, act.lines ?? lines.length), act)
            expectNothingSkipped(store.db, stream.newest())
          } else stream[act.type](subjects[act.subject] ?? madeUp(0))
        }
        await pull(store.db, stream.linesAfter(readMetaNumber(store.db, META_KEYS.cursor)), {
          pieces: 250,
          isPacked: false
        })
        expect(readMetaNumber(store.db, META_KEYS.cursor)).toBe(stream.end())
        expectNothingSkipped(store.db, stream.newest())
        const held = stream.newest().filter(({ type }) => type === 'case').length
        expect(store.db.pluck('SELECT count(*) FROM cases')).toBe(held)
      } finally {
        store.close()
      }
    }),
    { numRuns: 30 }
  )
})
