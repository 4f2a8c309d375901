import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Account } from '#shared/domain/account/account.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import type { GrantEntry, GrantGrounds, GrantTerms } from '#shared/domain/grant/grant.ts'
import { openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { createTestOutbox, push } from '../testing/test-commands.ts'
import { leftAccounts } from './grants.ts'
import { revokeAgain } from './revoked-register.ts'

let now = '2026-11-26T03:00:00.000Z'
let server: TestCentre
let admin: TestDesk
let supervisor: Account
let officer: TestDesk
let grounds: GrantGrounds
beforeEach(async () => {
  now = '2026-11-26T03:00:00.000Z'
  server = await openTestCentre({ now: () => now })
  admin = await server.signIn(await server.addAccount({ role: 'administrator' }))
  supervisor = await server.addAccount({ role: 'supervisor' })
  officer = await server.signIn(await server.addAccount({ role: 'privacy_officer' }))
  grounds = { reason: '인사발령에 따름', approverId: supervisor.id, document: '가족정책과-12' }
})
afterEach(() => server.close())

const ALL: GrantTerms = { startsOn: '2026-11-26', endsOn: null, edits: null, reveals: null }
const change = (accountId: string, terms: Partial<GrantTerms>, over: Partial<GrantGrounds> = {}, by = admin) =>
  by.call({
    method: 'POST',
    url: `/v1/admin/accounts/${accountId}/grant`,
    payload: { terms: { ...ALL, ...terms }, grounds: { ...grounds, ...over } }
  })
const revoke = (accountId: string, by = admin) =>
  by.call({ method: 'POST', url: `/v1/admin/accounts/${accountId}/revoke`, payload: { grounds } })
const pull = (desk: TestDesk) => desk.call({ method: 'GET', url: '/v1/changes?cursor=0' })
const register = async (by = officer): Promise<GrantEntry[]> =>
  (await by.call({ method: 'GET', url: '/v1/admin/grants' })).json().entries

test('the register says who was given what, when, by whom, approved by whom, on which paper and why, the newest first', async () => {
  const account = await server.addAccount()
  now = '2026-11-26T04:00:00.000Z'
  expect((await change(account.id, { endsOn: '2026-12-31', reveals: [] })).statusCode).toBe(204)
  now = '2026-11-26T05:00:00.000Z'
  expect((await revoke(account.id)).statusCode).toBe(204)
  const line = {
    ...{
      id: expect.any(String),
      accountId: account.id,
      login: account.login,
      displayName: '담당자',
      role: 'caseworker'
    },
    ...{ byId: admin.account.id, ...grounds }
  }
  const changed = { ...ALL, endsOn: '2026-12-31', reveals: [] }
  const [last, before, first] = await register()
  expect([last, before]).toEqual([
    { ...line, at: '2026-11-26T05:00:00.000Z', kind: 'revoked', before: changed, after: null },
    { ...line, at: '2026-11-26T04:00:00.000Z', kind: 'changed', before: ALL, after: changed }
  ])
  expect(first).toMatchObject({ kind: 'given', byId: null, approverId: null, before: null, after: ALL })
  const elsewhere = await server.signIn(await server.addAccount({ role: 'supervisor', districtCode: '11440' }))
  expect((await register(elsewhere)).map(({ login }) => login)).toEqual([elsewhere.account.login])
})

describe('a session holds for the rights with which it was opened', () => {
  test('changed rights end it, and the next one has the new ones', async () => {
    const account = await server.addAccount()
    const desk = await server.signIn(account)
    now = '2026-11-26T03:00:01.000Z'
    await change(account.id, { edits: ['applicant.phone'] })
    expect((await pull(desk)).json()).toEqual({ error: { type: 'GrantOver' } })
    now = '2026-11-26T03:00:02.000Z'
    expect((await server.signIn(account)).account).toEqual({ ...account, edits: ['applicant.phone'] })
  })

  test('it ends with the last day, in Korea, and nobody signs in before the first', async () => {
    const account = await server.addAccount()
    await change(account.id, { startsOn: '2026-11-28', endsOn: '2026-11-29' })
    await expect(server.signIn(account)).rejects.toThrow('GrantOver')
    now = '2026-11-27T15:00:00.000Z'
    await server.signIn(account)
    now = '2026-11-29T14:59:59.000Z'
    const desk = await server.signIn(account)
    expect((await pull(desk)).statusCode).toBe(200)
    now = '2026-11-29T15:00:00.000Z'
    expect((await pull(desk)).json()).toEqual({ error: { type: 'GrantOver' } })
    await expect(server.signIn(account)).rejects.toThrow('GrantOver')
  })

  test('a PC hears whose rights are over, also with nobody signed in', async () => {
    const [gone, stays] = [await server.addAccount(), await server.addAccount()]
    const desk = await server.signIn(gone)
    await server.signIn(stays, desk.deviceId)
    await revoke(gone.id)
    expect(await leftAccounts(server.centre, desk.deviceId)).toEqual([gone.id])
  })
})

describe('what a grant leaves out is refused by the centre, whatever the desk says', () => {
  test('of an intake and a correction', async () => {
    const account = await server.addAccount()
    const full = await server.signIn(account)
    const outbox = createTestOutbox(full)
    const intake = outbox.register()
    expect(await push(full, [intake])).toMatchObject([{ type: 'Applied' }])
    now = '2026-11-26T03:00:01.000Z'
    await change(account.id, { edits: ['applicant.contactPhone'] })
    now = '2026-11-26T03:00:02.000Z'
    const desk = { ...(await server.signIn(account, full.deviceId)), deviceId: full.deviceId }
    const correct = outbox.correct(intake.caseId, [{ field: 'applicant.phone', value: '01000000000' }])
    const another = outbox.register(sampleIntake())
    const fields = expect.arrayContaining(['applicant.name', 'applicant.registrationNo'])
    expect(await push(desk, [correct, another])).toMatchObject([
      { type: 'Refused', refusal: { type: 'FieldNotGranted', fields: ['applicant.phone'] } },
      { type: 'Refused', refusal: { type: 'FieldNotGranted', fields } }
    ])
  })
})

describe('nobody gets round the register', () => {
  test('an approver has to be another official who may approve, of the same district, with rights of her own', async () => {
    const account = await server.addAccount()
    const strangers = [
      await server.addAccount({ role: 'supervisor', districtCode: '11440' }),
      await server.addAccount(),
      await server.addAccount({ role: 'administrator' })
    ]
    const left = await server.addAccount({ role: 'supervisor' })
    await revoke(left.id)
    for (const { id } of [...strangers, left, admin.account, account]) {
      expect((await change(account.id, { reveals: [] }, { approverId: id })).json()).toEqual({
        error: { type: 'GrantRefused', cause: 'ApproverNotAllowed' }
      })
    }
    expect((await change(supervisor.id, { reveals: [] })).json()).toEqual({
      error: { type: 'GrantRefused', cause: 'ApproverNotAllowed' }
    })
  })

  test('nobody changes her own rights, gives none without end before beginning, or the same again', async () => {
    const account = await server.addAccount()
    const cause = async (response: ReturnType<typeof change>) => (await response).json().error.cause
    expect(await cause(change(admin.account.id, { reveals: [] }))).toBe('OwnRights')
    expect(await cause(change(account.id, { endsOn: '2026-11-25' }))).toBe('PeriodTurned')
    expect(await cause(change(account.id, { startsOn: '2026-01-01', endsOn: '2026-11-25' }))).toBe('PeriodOver')
    expect(await cause(change(account.id, {}))).toBe('NothingChanges')
    expect(await cause(change(supervisor.id, { edits: [] }, { approverId: officer.account.id }))).toBe(
      'FieldsWithoutUse'
    )
    const caseworker = await server.signIn(account)
    expect((await change(account.id, {}, {}, caseworker)).statusCode).toBe(403)
    expect((await caseworker.call({ method: 'GET', url: '/v1/admin/grants' })).statusCode).toBe(403)
  })

  test('a backup of the cases that is put back does not let in again who had left', async () => {
    const account = await server.addAccount()
    const { pool } = server.centre
    await revoke(account.id)
    await pool.query('UPDATE accounts SET disabled_at = NULL WHERE id = $1', [account.id]) // as an older backup has it
    expect((await server.signIn(account)).account.id).toBe(account.id)
    await revokeAgain(server.centre)
    await revokeAgain(server.centre)
    await expect(server.signIn(account)).rejects.toThrow('GrantOver')
    expect((await register()).map(({ kind }) => kind).slice(0, 2)).toEqual(['revoked', 'revoked'])
    await change(account.id, {})
    await revokeAgain(server.centre)
    expect((await server.signIn(account)).account.id).toBe(account.id)
  })
})
