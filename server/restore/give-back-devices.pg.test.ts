import { afterEach, beforeEach, expect, test } from 'vitest'
import type { GiveBackLine } from '#shared/sync-protocol/give-back.ts'
import { RECEIPT_HEADER } from '#shared/sync-protocol/receipt.ts'
import type { RestoreStand } from '#shared/sync-protocol/restore-stand.ts'
import { orderWipe, revokeDevice } from '../accounts/devices.ts'
import { issueCode } from '../accounts/enrolment-codes.ts'
import { copyDatabase, openTestCentre, signInPayload, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { createTestOutbox, pull, push } from '../testing/test-commands.ts'

const opened: TestCentre[] = []
let before: TestCentre
beforeEach(async () => {
  before = await openTestCentre()
  opened.push(before)
})
afterEach(async () => {
  for (const centre of opened.splice(0)) await centre.close()
})

/** The cases are set back; the keys are as they were. New PCs need a code. */
const restored = async (casesUrl: string): Promise<TestCentre> => {
  await before.centre.flushWitness()
  const keysDatabaseUrl = await copyDatabase(before.keysDatabaseUrl)
  const centre = await openTestCentre({ databaseUrl: casesUrl, keysDatabaseUrl, enrolment: 'code' })
  opened.push(centre)
  return centre
}
const receiptOf = async (desk: TestDesk): Promise<string> => {
  await push(desk, [createTestOutbox(desk).register()])
  const end = (await pull(desk)).at(-1)
  return end?.type === 'end' ? end.receipt : ''
}
const giveBack = async (centre: TestCentre, headers: Record<string, string>): Promise<number> => {
  const asked = await centre.call({ method: 'GET', url: '/v1/restore', headers })
  if (asked.statusCode !== 200) return asked.statusCode
  const { generation } = asked.json<RestoreStand>()
  const lines: GiveBackLine[] = [{ type: 'from', generation, cursor: 1, deviceSeq: 1 }, { type: 'end' }]
  const payload = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  const type = { 'content-type': 'application/x-ndjson' }
  return (await centre.call({ method: 'POST', url: '/v1/give-back', payload, headers: { ...headers, ...type } }))
    .statusCode
}
const signIn = async (centre: TestCentre, device: { login: string; deviceId: string; enrolmentCode?: string }) => {
  const answer = await centre.call({ method: 'POST', url: '/v1/sign-in', payload: signInPayload(device) })
  return [answer.statusCode, answer.json<{ error?: { type: string } }>().error?.type]
}

test('a PC that is known by its give-back alone comes in with a code: its id proves nothing', async () => {
  const { login } = await before.addAccount()
  const casesUrl = await copyDatabase(before.databaseUrl)
  const desk = await before.signIn({ login })
  const receipt = await receiptOf(desk)
  const centre = await restored(casesUrl)
  expect(await giveBack(centre, { [RECEIPT_HEADER]: receipt })).toBe(200)
  const device = { login, deviceId: desk.deviceId }
  expect(await signIn(centre, device)).toEqual([403, 'EnrolmentNeeded'])
  const { code } = await issueCode(centre.centre, { districtCode: '11680', note: '', issuedBy: null })
  expect(await signIn(centre, { ...device, enrolmentCode: code })).toEqual([200, undefined])
  expect(await signIn(centre, device)).toEqual([200, undefined])
})

test.each([
  ['revoked', revokeDevice, 'DeviceRevoked'],
  ['deleted', orderWipe, 'DeviceWipeOrdered']
] as const)(
  'a PC that was %s after the backup stays so, gives nothing back, and nobody waits for it',
  async (_how, order, refusal) => {
    const { id: by, login } = await before.addAccount()
    const desk = await before.signIn({ login })
    const receipt = await receiptOf(desk)
    const casesUrl = await copyDatabase(before.databaseUrl)
    await receiptOf(desk)
    const deps = before.centre
    await order(deps, { deviceId: desk.deviceId, districtCode: '11680', by, now: deps.now() })
    const centre = await restored(casesUrl)
    expect(await giveBack(centre, { [RECEIPT_HEADER]: receipt })).toBe(401)
    expect(await signIn(centre, { login, deviceId: desk.deviceId })).toEqual([403, refusal])
    const { rows } = await centre.centre.pool.query('SELECT opened_at IS NOT NULL AS open FROM restore_gates')
    expect(rows).toEqual([{ open: true }])
  }
)

test('a PC that came in and was shut out after the backup is not made known again by its receipt', async () => {
  const { id: by, login } = await before.addAccount()
  const casesUrl = await copyDatabase(before.databaseUrl)
  const desk = await before.signIn({ login })
  const receipt = await receiptOf(desk)
  await revokeDevice(before.centre, { deviceId: desk.deviceId, districtCode: '11680', by, now: before.centre.now() })
  const centre = await restored(casesUrl)
  expect(await giveBack(centre, { [RECEIPT_HEADER]: receipt })).toBe(401)
})
