import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkChain } from '#shared/domain/access-log/access-chain.ts'
import type { LogEntry } from '#shared/domain/access-log/log-entry.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { recordCentreAct } from './centre-acts.ts'

const NOW = '2026-11-26T03:00:00.000Z'
let server: TestCentre
let admin: TestDesk
let supervisor: TestDesk
beforeEach(async () => {
  server = await openTestCentre({ now: () => NOW })
  admin = await server.signIn(await server.addAccount({ role: 'administrator' }))
  supervisor = await server.signIn(await server.addAccount({ role: 'supervisor' }))
})
afterEach(() => server.close())

const post = (url: string, payload?: object) => admin.call({ method: 'POST', url, ...(payload && { payload }) })
const lines = async (by = supervisor): Promise<LogEntry[]> => {
  const period = new URLSearchParams({ from: '2026-11-26T00:00:00.000Z', to: '2026-11-27T00:00:00.000Z' })
  const answer = await by.call({ method: 'GET', url: `/v1/admin/access-log/lines?${period}` })
  return answer.json().lines.toReversed()
}

test('what an administrator does stands in the log of her district: to whom, why and from where, and nothing else', async () => {
  const desk = await server.signIn(await server.addAccount())
  const grounds = { reason: '퇴직에 따름', approverId: supervisor.account.id, document: '가족정책과-12' }
  await post(`/v1/admin/accounts/${desk.account.id}/unlock`)
  await post(`/v1/admin/accounts/${desk.account.id}/password`, { password: 'Secret-word-77!' })
  await post(`/v1/admin/accounts/${desk.account.id}/revoke`, { grounds })
  await post(`/v1/admin/devices/${desk.deviceId}/wipe`)
  await post('/v1/admin/enrolment-codes', { note: '3번 창구' })
  const by = { deviceId: server.centre.centreId, accountId: admin.account.id, address: '127.0.0.1', caseIds: [] }
  const account = { accountId: desk.account.id }
  expect(await lines()).toMatchObject([
    { ...by, no: 1, act: 'sign_in', detail: {}, reason: null },
    { ...by, no: 2, act: 'unlock_account', detail: account, reason: null },
    { ...by, no: 3, act: 'set_password', detail: account, reason: null },
    { ...by, no: 4, act: 'revoke_grant', detail: account, reason: '퇴직에 따름' },
    { ...by, no: 5, act: 'wipe_pc', detail: { deviceId: desk.deviceId }, reason: null },
    { ...by, no: 6, act: 'issue_code', detail: {}, reason: null }
  ])
  expect(JSON.stringify(await lines())).not.toMatch(/Secret-word|창구|가족정책과/)
  const pcs = (await supervisor.call({ method: 'GET', url: '/v1/admin/access-log/pcs' })).json().pcs
  expect(pcs.find(({ isCentre }: { isCentre: boolean }) => isCentre)).toMatchObject({
    ...{ deviceId: server.centre.centreId, name: null, chains: [{ newestNo: 6, heldUpTo: 6, marks: [] }] }
  })
})

test('an act that is refused by the rules, or in vain, has its line all the same; one that nobody may do has none', async () => {
  const grounds = { reason: '스스로 거둠', approverId: supervisor.account.id, document: '-' }
  expect((await post(`/v1/admin/accounts/${admin.account.id}/revoke`, { grounds })).statusCode).toBe(422)
  expect((await post(`/v1/admin/devices/${supervisor.deviceId}/wipe`, {})).statusCode).toBe(204)
  const caseworker = await server.signIn(await server.addAccount())
  const forbidden = await caseworker.call({ method: 'POST', url: `/v1/admin/devices/${caseworker.deviceId}/wipe` })
  expect(forbidden.statusCode).toBe(403)
  expect(
    (await lines(await server.signIn(await server.addAccount({ role: 'privacy_officer' })))).map(({ act }) => act)
  ).toEqual([...['sign_in', 'revoke_grant', 'wipe_pc']])
})

test('acts at once make one whole chain for each district', async () => {
  const elsewhere = await server.signIn(await server.addAccount({ role: 'administrator', districtCode: '11440' }))
  const act = (districtCode: string, accountId: string) =>
    recordCentreAct(server.centre, {
      ...{ districtCode, accountId, act: 'set_lease', address: '-', detail: {}, reason: null }
    })
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      n % 2 === 0 ? act('11680', admin.account.id) : act('11440', elsewhere.account.id)
    )
  )
  const { rows: chains } = await server.centre.pool.query(
    'SELECT chain, district_code FROM access_chains WHERE device_id = $1 ORDER BY district_code',
    [server.centre.centreId]
  )
  expect(chains.map(({ district_code }) => district_code)).toEqual(['11440', '11680'])
  for (const { chain } of chains) {
    const { rows } = await server.centre.pool.query(
      'SELECT no, body, previous_hash AS "previousHash", hash, marks FROM access_lines WHERE chain = $1 ORDER BY place',
      [chain]
    )
    expect(rows.flatMap(({ marks }) => marks)).toEqual([])
    expect(checkChain(nodeCipher, rows, rows.at(-1))).toMatchObject({ ok: true, value: { no: 11 } })
  }
})
