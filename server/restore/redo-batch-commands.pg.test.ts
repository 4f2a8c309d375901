import { afterEach, beforeEach, expect, test } from 'vitest'
import type { BatchCommand } from '#shared/commands/destruction/batch-command.ts'
import type { GiveBackLine } from '#shared/sync-protocol/give-back.ts'
import type { PushOutcome } from '#shared/sync-protocol/push.ts'
import type { RestoreStand } from '#shared/sync-protocol/restore-stand.ts'
import { batchAt, createTestBatchDesk, type TestBatchDesk, testItem, testPlan } from '../testing/test-batch-commands.ts'
import { copyDatabase, openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { push } from '../testing/test-commands.ts'

const CASE_ID = '01935a00-0000-7000-8000-000000000001'
const opened: TestCentre[] = []
let before: TestCentre
let desk: TestDesk
let acts: TestBatchDesk
beforeEach(async () => {
  before = await openTestCentre()
  opened.push(before)
  desk = await before.signIn(await before.addAccount())
  acts = createTestBatchDesk(desk)
  await push(desk, [acts.act({ name: 'batch.plan', args: testPlan })])
})
afterEach(async () => {
  for (const centre of opened.splice(0)) await centre.close()
})

async function restored(casesUrl: string): Promise<{ centre: TestCentre; there: TestDesk; generation: number }> {
  await before.centre.flushWitness()
  const keysDatabaseUrl = await copyDatabase(before.keysDatabaseUrl)
  const centre = await openTestCentre({ databaseUrl: casesUrl, keysDatabaseUrl })
  opened.push(centre)
  const authorization = `Bearer ${desk.token}`
  const there: TestDesk = {
    ...desk,
    call: (options) => centre.call({ ...options, headers: { authorization, ...options.headers } })
  }
  const { generation } = (await there.call({ method: 'GET', url: '/v1/restore' })).json<RestoreStand>()
  return { centre, there, generation }
}

async function giveBack(there: TestDesk, lines: readonly GiveBackLine[]): Promise<object> {
  const payload = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  const headers = { 'content-type': 'application/x-ndjson' }
  return (await there.call({ method: 'POST', url: '/v1/give-back', payload, headers })).json()
}

const sentLines = (commands: readonly BatchCommand[], outcomes: readonly PushOutcome[]): GiveBackLine[] =>
  commands.flatMap((command, index) => {
    const outcome = outcomes[index]
    return outcome === undefined ? [] : [{ type: 'sent', command, outcome }]
  })

test('acts on a batch that a centre lost are done again when it gets them back, each once', async () => {
  const casesUrl = await copyDatabase(before.databaseUrl)
  const commands = [
    acts.act({ name: 'batch.list', args: { items: [testItem(CASE_ID)] } }),
    acts.act({ name: 'batch.submit', args: {} }),
    acts.act({ name: 'batch.submit', args: {} })
  ]
  const outcomes = await push(desk, commands)
  const { there, generation } = await restored(casesUrl)
  const lines: GiveBackLine[] = [
    { type: 'from', generation, cursor: 3, deviceSeq: 4 },
    ...sentLines(commands, outcomes),
    { type: 'end' }
  ]
  expect(await giveBack(there, lines)).toMatchObject({ commands: 3 })
  const batch = await batchAt(there, acts.batchId)
  expect(batch).toMatchObject({ state: 'reviewing', rev: 3, items: [{ ...testItem(CASE_ID), exclusion: null }] })
  expect(await giveBack(there, lines)).toMatchObject({ commands: 0 })
  expect(await batchAt(there, acts.batchId)).toEqual(batch)
  expect(await push(there, commands)).toEqual(
    outcomes.map((outcome) => (outcome.type === 'Applied' ? { ...outcome, type: 'AlreadyApplied' } : outcome))
  )
})
