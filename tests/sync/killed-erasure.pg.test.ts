import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as newUuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account } from '#shared/domain/account/account.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { DOCUMENT_TITLES } from '#shared/domain/document/document-titles.ts'
import type { MethodName, RequestOf, ValueOf } from '#shared/ipc/contract.ts'
import { nodeCipher } from '../../electron/store/keys/node-crypto.ts'
import { peekRescueCapsule } from '../../electron/store/keys/rescue-capsule.ts'
import { testFile } from '../../electron/store/testing/test-documents.ts'
import { executeDueBatches } from '../../server/destruction/execution-job.ts'
import { approvedBatch, testItem } from '../../server/testing/test-batch-commands.ts'
import { TEST_PASSWORD } from '../../server/testing/test-centre.ts'
import { type DeskProcess, startDeskProcess } from '../chaos/desk/desk-process.ts'
import { seededRandom } from '../chaos/plan/random.ts'
import type { DeskPoint } from '../chaos/plan/step.ts'
import { DAY_MS } from './office-with-pcs.ts'
import { openSyncFixture, type SyncFixture } from './sync-fixture.ts'

/** A real store process is killed at every durable step of erasing, and started again. */

let fixture: SyncFixture
let account: Account
let ahead = 0
let desk: DeskProcess
const root = mkdtempSync(join(tmpdir(), 'mnk-killed-'))
const deviceSecret = Buffer.from(nodeCipher.randomBytes(32)).toString('base64')

const start = async (): Promise<void> => {
  desk = await startDeskProcess(
    { dataDir: join(root, 'data'), deviceName: 'PC', deviceSecret, hours: 0, isOldProtocol: false },
    { onFault: (fault) => expect.fail(JSON.stringify(fault)), newSecret: () => expect.fail(), onWords: () => undefined }
  )
}
/** The answer's value; null: the process died. */
async function ask<M extends MethodName>(method: M, request: RequestOf<M>): Promise<ValueOf<M> | null> {
  const answer = await desk.ask(method, request)
  if (answer !== null && !answer.ok) throw new Error(`${method} was refused: ${answer.error.type}`)
  return answer?.value ?? null
}
const signIn = () => ask('session.signIn', { serverUrl: fixture.url, login: account.login, password: TEST_PASSWORD })
const startAgain = async (): Promise<void> => {
  await start()
  await ask('session.unlock', { login: account.login, password: TEST_PASSWORD })
}

beforeAll(async () => {
  mkdirSync(join(root, 'data'))
  fixture = await openSyncFixture({ now: () => new Date(Date.now() + ahead).toISOString() })
  account = await fixture.centre.addAccount({ districtCode: '11680' })
  await start()
  await signIn()
})
afterAll(async () => {
  await desk.kill()
  await fixture.close()
  rmSync(root, { recursive: true })
})

const isAllSent = async (): Promise<boolean> => {
  await ask('sync.now', {})
  const audit = await desk.audit([])
  return audit?.outbox.length === 0 && audit.attachments.length === 0
}

let made = 0
/** A case that this PC has taken in, worked on, put a paper to and begun to write about. */
async function workedOn(): Promise<{ caseId: string; texts: string[] }> {
  made += 1
  const sample = sampleIntake()
  const phone = `010${String(40_000_000 + made)}`
  const name = `남궁살별${String.fromCharCode(0xac00 + made)}`
  const args = { ...sample, applicant: { ...sample.applicant, name, phone } }
  const intake = { caseId: null, base: {}, draftId: null, intent: { name: 'case.register', args } } as const
  const { caseId } = (await ask('command.run', intake)) ?? expect.fail()
  await ask('sync.now', {})
  const changes = [{ field: 'applicant.phone' as const, value: `010${String(50_000_000 + made)}` }]
  const intent = { name: 'case.correct', args: { changes, reason: '신청인 확인' } } as const
  await ask('command.run', { caseId, base: {}, draftId: null, intent })
  await ask('sync.now', {})
  const draft = { kind: 'correction', caseId, title: name, body: { name } } as const
  await ask('draft.save', { id: newUuid(), ...draft })
  await ask('document.attach', { caseId, title: DOCUMENT_TITLES[0], content: new Uint8Array(testFile(70_000 + made)) })
  await expect.poll(() => isAllSent(), { timeout: 20_000 }).toBe(true)
  return { caseId, texts: [name, phone, `010${String(50_000_000 + made)}`] }
}

/** As the officer approved it and the centre executed it. */
async function destroyed(caseId: string): Promise<string> {
  const { centre } = fixture
  const rows = await centre.centre.pool.query<{ rev: number }>('SELECT rev FROM cases WHERE id = $1', [caseId])
  const batchId = await approvedBatch(centre, [testItem(caseId, { rev: rows.rows[0]?.rev ?? 0 })])
  ahead = 9 * DAY_MS
  await executeDueBatches(centre.centre, (fault) => {
    throw fault
  })
  ahead = 0
  return batchId
}

const receipts = async (batchId: string) =>
  (
    await fixture.centre.centre.pool.query<{ settled_how: string | null; receipt: { looked: object } | null }>(
      "SELECT settled_how, receipt FROM batch_copies WHERE batch_id = $1 AND place = 'desk' AND receipt IS NOT NULL",
      [batchId]
    )
  ).rows

/** Lets the PC exchange until the centre has its receipt, or it dies. False: it died. */
async function prove(batchId: string): Promise<boolean> {
  const end = performance.now() + 60_000
  while (performance.now() < end) {
    await ask('sync.now', {})
    if (!desk.isAlive()) return false
    if ((await receipts(batchId)).some(({ settled_how }) => settled_how === 'receipt')) return true
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  throw new Error('no receipt came')
}

async function expectNothingLeft({ caseId, texts }: { caseId: string; texts: string[] }): Promise<void> {
  const audit = (await desk.audit(texts)) ?? expect.fail()
  expect({
    found: audit.markersFound,
    records: audit.records.filter((record) => record.case.id === caseId),
    outbox: audit.outbox.filter((entry) => entry.caseId === caseId),
    drafts: audit.drafts.filter((draft) => draft.caseId === caseId),
    attachments: audit.attachments,
    flaws: audit.indexFlaws,
    provisional: audit.provisional
  }).toEqual({ found: [], records: [], outbox: [], drafts: [], attachments: [], flaws: [], provisional: [] })
  const chunks = join(root, 'data', 'stores', '11680', 'rescue.chunks')
  expect(existsSync(chunks) ? readdirSync(chunks) : []).toEqual([])
  const capsule = peekRescueCapsule(join(root, 'data', 'stores', '11680', 'rescue.capsule'))
  expect(capsule?.commands).toBe(0)
}

/** What an erasing passes: its transactions, and what it says to the centre. */
const POINTS = ['commit.before', 'commit.after', 'request.leaves', 'answer.arrives'] as const satisfies DeskPoint[]
/** Some of the passages, unless all are asked for. */
const PASSAGES = process.env.MNK_RUNS === undefined ? [1, 2, 3, 5, 9] : Array.from({ length: 40 }, (_, at) => at + 1)

const NEVER = 1_000_000_000

/** False: it was proven before the PC could die. */
async function killed(die: () => { readonly callOff: () => void }): Promise<boolean> {
  const subject = await workedOn()
  const batchId = await destroyed(subject.caseId)
  const death = die()
  const isDead = !(await prove(batchId))
  death.callOff()
  if (isDead) {
    await startAgain()
    expect(await prove(batchId)).toBe(true)
  }
  await expectNothingLeft(subject)
  const [receipt, ...others] = await receipts(batchId)
  expect([receipt?.receipt?.looked, others]).toEqual([expect.objectContaining({ residues: 0 }), []])
  await ask('sync.now', {})
  expect(await receipts(batchId)).toEqual([receipt])
  return isDead
}

test.each(POINTS)(
  'killed at its passages of %s, a PC erases to the end when it starts again, and one receipt counts',
  async (point) => {
    let deaths = 0
    for (const passage of PASSAGES) {
      const die = () => {
        desk.dieAt(point, passage)
        return { callOff: () => desk.dieAt(point, NEVER) }
      }
      if (!(await killed(die))) break
      deaths += 1
    }
    expect(deaths).toBeGreaterThan(0)
  },
  240_000
)

test('killed at any moment, by a seed, it does the same', async () => {
  const random = seededRandom(Number(process.env.MNK_SEED ?? 41))
  for (let run = 0; run < Number(process.env.MNK_RUNS ?? 6); run++) {
    const ms = random.below(300)
    await killed(() => {
      const timer = setTimeout(() => void desk.kill(), ms)
      return { callOff: () => clearTimeout(timer) }
    })
  }
}, 240_000)
