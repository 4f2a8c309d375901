import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ChainLine, EMPTY_CHAIN, nextLine } from '#shared/domain/access-log/access-chain.ts'
import type { LogStand } from '#shared/domain/access-log/log-stand.ts'
import { MAX_LOG_STANDS } from '#shared/sync-protocol/access-log-stands.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'

let server: TestCentre
let desk: TestDesk
let officer: TestDesk
beforeEach(async () => {
  server = await openTestCentre({ now: () => NOW })
  desk = await server.signIn(await server.addAccount(), '01930000-0000-7000-8000-00000000000a')
  officer = await server.signIn(
    await server.addAccount({ role: 'privacy_officer' }),
    '01930000-0000-7000-8000-00000000000b'
  )
})
afterEach(() => server.close())

const NOW = '2026-11-23T03:00:00.000Z'
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** A log of this desk with an act at each of these times. */
function logOf(times: readonly string[]): ChainLine[] {
  const lines: ChainLine[] = []
  for (const time of times) {
    const at = `2026-11-23T${time}:00.000Z`
    const event = { ...{ at, accountId: desk.account.id, deviceId: desk.deviceId, address: '-' }, reason: null }
    lines.push(nextLine(nodeCipher, lines.at(-1) ?? EMPTY_CHAIN, { ...event, act: 'view', caseIds: [], detail: {} }))
  }
  return lines
}
async function send(lines: readonly ChainLine[], of: readonly ChainLine[]): Promise<void> {
  const [first] = of
  if (first === undefined) throw new Error('a log has a line')
  const start = { type: 'start', deviceId: desk.deviceId, chain: hex(first.hash), newest: of.length, points: [] }
  const sent = lines.map(({ no, body, previousHash, hash }) => ({
    ...{ type: 'line', no, body, previousHash: hex(previousHash), hash: hex(hash) }
  }))
  const payload = [start, ...sent].map((line) => JSON.stringify(line)).join('\n')
  const headers = { 'content-type': 'application/x-ndjson' }
  expect((await desk.call({ method: 'POST', url: '/v1/access-log', payload, headers })).statusCode).toBe(200)
}
const ask = (by: TestDesk, query = '') => by.call({ method: 'GET', url: `/v1/admin/access-log/pcs${query}` })
const standsFor = async (by: TestDesk): Promise<LogStand[]> => (await ask(by)).json().pcs

test('a PC that owes lines is known by how many, and one that never sent any by having no chain', async () => {
  const log = logOf(['01:00', '01:01', '01:02'])
  await send(log.slice(0, 2), log)
  expect((await ask(officer)).json()).toEqual({
    pcs: [
      {
        ...{ deviceId: desk.deviceId, isCentre: false, name: 'PC-7', lastContactAt: NOW },
        chains: [
          {
            ...{ chain: hex(log[0]?.hash ?? new Uint8Array()), begunAt: NOW, heardAt: NOW },
            ...{ newestNo: 3, heldUpTo: 2, wholeAt: null, marks: [] }
          }
        ]
      },
      { deviceId: officer.deviceId, isCentre: false, name: 'PC-7', lastContactAt: NOW, chains: [] }
    ],
    next: null
  })
  await send(log, log)
  expect((await standsFor(officer))[0]?.chains).toMatchObject([{ newestNo: 3, heldUpTo: 3, wholeAt: NOW }])
})

test('gaps and clocks that jump are counted for each chain', async () => {
  const log = logOf(['01:00', '01:01', '01:02', '00:10', '00:05', '09:00'])
  await send([...log.slice(0, 1), ...log.slice(2)], log)
  expect((await standsFor(officer))[0]?.chains.map(({ marks }) => marks)).toEqual([
    [
      { mark: 'clock_ahead', lines: 1 },
      { mark: 'clock_back', lines: 2 },
      { mark: 'gap', lines: 1 }
    ]
  ])
})

test('a log stays in the list when its PC is not known any more', async () => {
  const log = logOf(['01:00'])
  await send(log, log)
  await server.centre.pool.query(
    `INSERT INTO access_chains (device_id, chain, district_code, begun_at, received_at, newest_no)
     VALUES ('01930000-0000-7000-8000-00000000000c', $1, '11680', $2, $2, 7)`,
    [log[0]?.hash, NOW]
  )
  expect((await standsFor(officer)).at(-1)).toMatchObject({
    ...{ deviceId: '01930000-0000-7000-8000-00000000000c', isCentre: false, name: null, lastContactAt: null },
    chains: [{ newestNo: 7, heldUpTo: 0 }]
  })
})

test('a caseworker is refused, and each sees the PCs of her own district alone', async () => {
  expect((await ask(desk)).json()).toEqual({ error: { type: 'RoleNotAllowed' } })
  const log = logOf(['01:00'])
  await send(log, log)
  for (const role of ['supervisor', 'administrator'] as const) {
    const own = await server.signIn(await server.addAccount({ role }))
    expect((await standsFor(own)).map(({ deviceId }) => deviceId)).toContain(desk.deviceId)
    const other = await server.signIn(await server.addAccount({ role, districtCode: '11710' }))
    expect((await standsFor(other)).filter(({ deviceId }) => deviceId === desk.deviceId)).toEqual([])
  }
})

test('a district of many PCs comes page by page, each PC once', async () => {
  await server.centre.pool.query(
    `INSERT INTO devices (id, name, district_code, enrolled_at, enrolled_by, last_contact_at, app_version)
     SELECT gen_random_uuid(), 'PC', '11680', $1, $2, $1, '0.1.0' FROM generate_series(1, $3)`,
    [NOW, desk.account.id, MAX_LOG_STANDS + 5]
  )
  const first = (await ask(officer)).json()
  const second = (await ask(officer, `?after=${first.next}`)).json()
  expect([first.pcs.length, second.pcs.length, second.next]).toEqual([MAX_LOG_STANDS, 7, null])
  const ids = [...first.pcs, ...second.pcs].map(({ deviceId }: LogStand) => deviceId)
  expect(new Set(ids).size).toBe(MAX_LOG_STANDS + 7)
})
