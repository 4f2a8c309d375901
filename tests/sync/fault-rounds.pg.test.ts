import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { nextStates } from '#shared/domain/case/case-state.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { blobToUuid } from '#shared/store-format/uuid-blob.ts'
import type { PushOutcome } from '#shared/sync-protocol/push.ts'
import { verifyChain } from '../../electron/store/access-log/access-log.ts'
import { listOutbox } from '../../electron/store/outbox/outbox-view.ts'
import { createFaultyLine, type FaultyLine } from './faulty-fetch.ts'
import { openSyncFixture, type SyncedDesk, type SyncFixture } from './sync-fixture.ts'

const ROUNDS = 200

let office: SyncFixture
afterEach(() => office.close())

/** Small and known (mulberry32): the run of a seed can be had again. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const caseIds = (desk: SyncedDesk): string[] =>
  desk.db.all<{ id: Uint8Array }>('SELECT id FROM cases ORDER BY id').map(({ id }) => blobToUuid(id))

const KINDS = ['phone', 'email', 'income', 'move'] as const
type Kind = (typeof KINDS)[number]

/** Something that a person could do at this desk now; most of it fits, some is refused at once, as in life. */
function act(desk: SyncedDesk, random: () => number, kinds: readonly Kind[]): boolean {
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)]
  const digits = String(Math.floor(random() * 1e8)).padStart(8, '0')
  const dongCode = desk.districtCode === '11680' ? '1168064000' : '1144056500'
  const caseId = random() < 0.25 ? undefined : pick(caseIds(desk))
  const subject = caseId === undefined ? undefined : desk.shown(caseId)?.case
  if (caseId === undefined || subject === undefined) {
    return desk.run({ name: 'case.register', args: { ...sampleIntake(), dongCode } }).ok
  }
  switch (pick(kinds)) {
    case 'phone':
      return desk.correct(caseId, 'applicant.phone', `010${digits}`).ok
    case 'email':
      return desk.correct(caseId, 'applicant.email', `a${pick([1, 2, 3])}@example.kr`).ok
    case 'income':
      return desk.correct(caseId, 'applicant.income', { householdSize: 3, monthlyWon: Number(digits) }).ok
    default:
      return desk.move(caseId, pick(nextStates(subject.state)) ?? subject.state).ok
  }
}

interface CentreCommand {
  id: string
  device_id: string
  device_seq: number
  case_id: string
  outcome: PushOutcome
}

async function commandsAtCentre(): Promise<CentreCommand[]> {
  const client = new pg.Client({ connectionString: office.centre.databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<CentreCommand>(
      'SELECT id, device_id, device_seq::int AS device_seq, case_id, outcome FROM commands ORDER BY device_id, device_seq'
    )
    return rows
  } finally {
    await client.end()
  }
}

type Player = { readonly desk: SyncedDesk; readonly kinds: readonly Kind[] }

async function playRounds(players: readonly Player[], random: () => number): Promise<Map<string, SyncedDesk>> {
  const issued = new Map<string, SyncedDesk>()
  for (let round = 0; round < ROUNDS; round += 1) {
    const player = players[Math.floor(random() * players.length)]
    if (player === undefined) continue
    const { desk, kinds } = player
    if (random() < 0.3) await desk.sync.syncNow()
    else if (act(desk, random, kinds)) issued.set(listOutbox(desk.db).at(-1)?.commandId ?? '', desk)
  }
  return issued
}

async function settle(desks: readonly SyncedDesk[], lines: readonly FaultyLine[]): Promise<void> {
  for (const line of lines) line.repair()
  for (const desk of [...desks, ...desks]) await desk.sync.syncNow()
}

test.each([1, 2, 3])('over a bad line nothing is lost and nothing is done twice (seed %i)', async (seed) => {
  office = await openSyncFixture()
  const random = seededRandom(seed)
  const lines = [1, 2, 3, 4].map(() => createFaultyLine(random))
  const open = (index: number, districtCode: string) =>
    office.openDesk({ districtCode, fetch: lines[index]?.fetch ?? fetch })
  const gangnam = [await open(0, '11680'), await open(1, '11680'), await open(2, '11680')]
  const mapo = await open(3, '11440')
  const desks = [...gangnam, mapo]

  const issued = await playRounds(
    desks.map((desk) => ({ desk, kinds: KINDS })),
    random
  )
  await settle(desks, lines)

  // Every command that a desk acknowledged to a person is at the centre exactly once, in the order of its desk.
  const centre = await commandsAtCentre()
  expect(centre.map(({ id }) => id).sort()).toEqual([...issued.keys()].sort())
  for (const desk of desks) {
    const own = centre.filter(({ device_id }) => device_id === desk.deps.deviceId)
    expect(own.map(({ device_seq }) => device_seq)).toEqual(own.map((_, index) => index + 1))
  }

  // What the centre refused stands in the outbox of the desk that made it; nothing else does.
  const refusedAt = (desk: SyncedDesk) => listOutbox(desk.db).map(({ commandId, status }) => [commandId, status])
  for (const desk of desks) {
    const refused = centre.filter(
      ({ device_id, outcome }) =>
        device_id === desk.deps.deviceId && outcome.type === 'Refused' && outcome.refusal.type !== 'NothingToChange'
    )
    expect(refusedAt(desk)).toEqual(refused.map(({ id }) => [id, 'refused']))
  }

  // All desks of a district hold the same, and each case has the revision of its applied commands: none was done twice.
  const held = (desk: SyncedDesk) => caseIds(desk).map((caseId) => desk.shown(caseId))
  const [first, ...others] = gangnam
  if (first === undefined) throw new Error('no desk')
  for (const desk of others) expect(held(desk)).toEqual(held(first))
  const applied = centre.filter(({ outcome }) => outcome.type !== 'Refused')
  const revisions = (of: readonly SyncedDesk[]) => {
    const ids = new Set(of.map((desk) => desk.deps.deviceId))
    const counts = new Map<string, number>()
    for (const { device_id, case_id } of applied) {
      if (ids.has(device_id)) counts.set(case_id, (counts.get(case_id) ?? 0) + 1)
    }
    return new Map([...counts].sort())
  }
  const shownRevisions = (desk: SyncedDesk) => new Map(caseIds(desk).map((caseId) => [caseId, desk.shown(caseId)?.rev]))
  expect(shownRevisions(first)).toEqual(revisions(gangnam))
  expect(shownRevisions(mapo)).toEqual(revisions([mapo]))

  // Nothing provisional is left over, every log is whole, and the run did meet every kind of fault.
  for (const desk of desks) {
    expect(desk.sync.status()).toMatchObject({ waiting: 0 })
    expect(desk.db.all('SELECT case_id FROM confirmed_cases')).toEqual([])
    expect(desk.db.all('SELECT no FROM cases WHERE waiting = 1')).toEqual([])
    expectOk(verifyChain(desk.db, desk.deps))
    expect(desk.sync.faults).toEqual([])
  }
  const met = lines.reduce((sum, { happened }) => sum + Object.values(happened).filter((count) => count > 0).length, 0)
  expect(met).toBeGreaterThan(4)
  expect(centre.length).toBeGreaterThan(60)
})

test.each([4, 5])(
  'people who never touch the same field are never in conflict, whatever the line does (seed %i)',
  async (seed) => {
    office = await openSyncFixture()
    const random = seededRandom(seed)
    const lines = KINDS.map(() => createFaultyLine(random))
    const players: Player[] = []
    for (const [index, kind] of KINDS.entries()) {
      const line = lines[index]
      players.push({ desk: await office.openDesk(line === undefined ? {} : { fetch: line.fetch }), kinds: [kind] })
    }
    await playRounds(players, random)
    const desks = players.map(({ desk }) => desk)
    await settle(desks, lines)
    expect(desks.map((desk) => listOutbox(desk.db))).toEqual(desks.map(() => []))
  }
)
