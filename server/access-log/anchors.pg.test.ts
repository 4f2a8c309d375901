import { afterEach, beforeEach, expect, test } from 'vitest'
import { anchorMessage, readAnchor } from '#shared/domain/access-log/anchor.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { ed25519 } from '../keys/sodium.ts'
import { hex, sendLog, testChain } from '../testing/test-access-log.ts'
import { copyDatabase, openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { anchorLogs, createHourlyAnchors, keptAnchors } from './anchors.ts'

let server: TestCentre
let desk: TestDesk
const others: TestCentre[] = []
beforeEach(async () => {
  server = await openTestCentre()
  desk = await server.signIn(await server.addAccount())
})
afterEach(async () => {
  await Promise.all([server, ...others.splice(0)].map((centre) => centre.close()))
})

const DISTRICT = '11680'
const anchor = ({ centre }: TestCentre = server) => anchorLogs(centre, DISTRICT)
const kept = async ({ centre }: TestCentre = server) =>
  (await keptAnchors(centre.keysPool, { districtCode: DISTRICT, newest: 10 })).reverse()
const told = async (at: TestCentre = server) =>
  (await kept(at)).map(({ body }) => {
    const { no, previous, chains } = readAnchor(body) ?? {}
    return [no, previous, chains?.map(({ lines }) => lines)]
  })
const hashes = async () => (await kept()).map(({ body }) => hex(nodeCipher.sha256(body)))
const sendMore = async (count: number, from: number) => {
  const log = testChain(
    desk,
    Array.from({ length: from + count }, () => 'view')
  )
  await sendLog(desk, log.slice(from), { of: log, points: log.slice(0, from).slice(-1) })
}

test('an anchor says how far each log of the district goes, names the one before it and is signed', async () => {
  await anchor()
  expect(await kept()).toEqual([])
  await sendMore(3, 0)
  await anchor()
  await anchor()
  await sendMore(2, 3)
  await anchor()
  const [first] = await hashes()
  expect(await told()).toEqual([
    [1, { type: 'first' }, [3]],
    [2, { type: 'anchor', hash: first }, [5]]
  ])
  const { publicKey } = server.centre.keyRing.anchorKeys
  const signed = (await kept()).map(({ body, signature }) => ed25519.verify(publicKey, anchorMessage(body), signature))
  expect(signed).toEqual([true, true])
})

test('app servers that anchor at the same time make one anchor', async () => {
  await sendMore(2, 0)
  await Promise.all([anchor(), anchor(), anchor()])
  expect(await told()).toEqual([[1, { type: 'first' }, [2]]])
})

test('another district has its own', async () => {
  await sendMore(1, 0)
  await anchorLogs(server.centre, '11440')
  await anchor()
  expect(await told()).toEqual([[1, { type: 'first' }, [1]]])
})

test('anchors are made at once, and then every hour', async () => {
  let now = 0
  const hourly = createHourlyAnchors({ ...server.centre, monotonicMs: () => now })
  await sendMore(1, 0)
  await hourly()
  await sendMore(1, 1)
  now += 3_599_000
  await hourly()
  expect(await kept()).toHaveLength(1)
  now += 1_000
  await hourly()
  expect((await told()).map(([, , lines]) => lines)).toEqual([[1], [2]])
})

test('after the keys were set back, the next anchor says that the one before it is not known', async () => {
  await sendMore(1, 0)
  await anchor()
  const keysDatabaseUrl = await copyDatabase(server.keysDatabaseUrl)
  await sendMore(1, 1)
  await anchor()
  const restored = await openTestCentre({ databaseUrl: await copyDatabase(server.databaseUrl), keysDatabaseUrl })
  others.push(restored)
  await anchor(restored)
  expect(await told(restored)).toEqual([
    [1, { type: 'first' }, [1]],
    [3, { type: 'unknown', no: 2 }, [2]]
  ])
})

test('a cases database that was set back has fewer lines than are anchored, which stays on record', async () => {
  await sendMore(1, 0)
  const databaseUrl = await copyDatabase(server.databaseUrl)
  await sendMore(4, 1)
  await anchor()
  const restored = await openTestCentre({ databaseUrl, keysDatabaseUrl: await copyDatabase(server.keysDatabaseUrl) })
  others.push(restored)
  await anchor(restored)
  expect((await told(restored)).map(([no, , lines]) => [no, lines])).toEqual([
    [1, [5]],
    [2, [1]]
  ])
})
