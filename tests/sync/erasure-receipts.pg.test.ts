import { cpSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { expectOk } from '#shared/foundation/result.ts'
import { settleCopies } from '../../server/destruction/copy-ledger.ts'
import { executeDueBatches } from '../../server/destruction/execution-job.ts'
import { listCopies } from '../../server/destruction/list-copies.ts'
import { approvedBatch, testItem } from '../../server/testing/test-batch-commands.ts'
import { keepCase, plainCase } from '../../server/testing/test-cases.ts'
import { DAY_MS, type Office, type OfficePc, openOffice } from './office-with-pcs.ts'

/** What is destroyed at the centre goes from the PCs, and each says so. */

let office: Office
let pc: OfficePc
let silent: OfficePc
let batchId: string
let caseIds: string[]

const comeIn = async (one: OfficePc) => {
  expectOk(await one.signIn(office.accounts.first))
  await one.sync()
}
const execute = () =>
  executeDueBatches(office.centre.centre, (fault) => {
    throw fault
  })
const howOf = async (one: OfficePc) => {
  await settleCopies(office.centre.centre)
  const [batch] = await listCopies(office.centre.centre.pool, { districtCode: '11680', batchId })
  const settled = batch?.copies.find(({ ref }) => ref === one.deviceId())?.settled
  return settled?.type === 'proven' ? settled.how : settled
}
/** What is sent to the centre, by its path. */
const watch = (one: OfficePc): string[] => {
  const paths: string[] = []
  const { carry } = one
  one.carry = (url, send) => {
    paths.push(new URL(url).pathname)
    return carry(url, send)
  }
  return paths
}
const settled = async (one: OfficePc) => {
  await one.sync()
  await expect.poll(() => howOf(one)).not.toBeNull()
}

beforeEach(async () => {
  office = await openOffice()
  const { centre } = office
  caseIds = []
  for (const no of [1, 2, 3]) caseIds.push(await keepCase(centre.centre, plainCase(no)))
  pc = office.pc()
  silent = office.pc()
  for (const one of [pc, silent]) await comeIn(one)
  silent.line = 'cut'
  batchId = await approvedBatch(centre, caseIds.map((caseId) => testItem(caseId)).slice(0, 2))
  office.pass(9 * DAY_MS)
  await comeIn(pc)
})
afterEach(() => office.close())

test('a PC erases what was destroyed and gives its receipt once; a silent one ends with its time of use', async () => {
  expect(await pc.names()).toHaveLength(3)
  await execute()
  expect(await howOf(pc)).toBeNull()
  const paths = watch(pc)
  const { carry } = pc
  const logBytes: number[] = []
  pc.carry = (url, send) => {
    if (url.endsWith('/erased')) logBytes.push(statSync(pc.file('store.db-wal')).size)
    return carry(url, send)
  }
  await settled(pc)
  expect(await howOf(pc)).toBe('receipt')
  expect(logBytes).toEqual([0])
  expect(await pc.names()).toHaveLength(1)
  expect(await howOf(silent)).toBe('lease_ended')
  await pc.sync()
  expect(paths.filter((path) => path.endsWith('/erased'))).toHaveLength(1)
})

test('a receipt whose answer is lost is given again, and counts once', async () => {
  await execute()
  pc.deafTo = '/v1/device/erased'
  const paths = watch(pc)
  await settled(pc)
  expect(await howOf(pc)).toBe('receipt')
  pc.deafTo = null
  await expect
    .poll(async () => {
      await pc.sync()
      return paths.filter((path) => path.endsWith('/erased')).length
    })
    .toBeGreaterThan(1)
})

test('while an edit of a destroyed case waits unsent no receipt is given; it goes to the quarantine first', async () => {
  pc.line = 'cut'
  const [caseId = ''] = caseIds
  const changes = [{ field: 'applicant.phone' as const, value: '01077778888' }]
  const intent = { name: 'case.correct' as const, args: { changes, reason: '신청인 확인' } }
  await pc.service.get('command.run', { caseId, base: {}, draftId: null, intent })
  await execute()
  const paths = watch(pc)
  pc.line = 'open'
  await settled(pc)
  const [push, erased] = [paths.indexOf('/v1/push'), paths.indexOf('/v1/device/erased')]
  expect(push).toBeGreaterThanOrEqual(0)
  expect(erased).toBeGreaterThan(push)
})

test('a PC that comes in after the execution owes none', async () => {
  await execute()
  const fresh = office.pc()
  const paths = watch(fresh)
  await comeIn(fresh)
  expect(await fresh.names()).toHaveLength(1)
  await expect.poll(() => paths.filter((path) => path.endsWith('/erased')).length).toBe(1)
  await fresh.sync()
  await fresh.sync()
  expect(paths.filter((path) => path.endsWith('/erased'))).toHaveLength(1)
})

test('a PC that is set back to an image of before erases it again with its first exchange', async () => {
  await pc.lock()
  const folder = dirname(pc.file('store.db'))
  const image = `${folder}.image`
  cpSync(folder, image, { recursive: true })
  await comeIn(pc)
  await execute()
  await settled(pc)
  await pc.lock()
  rmSync(folder, { recursive: true })
  renameSync(image, folder)
  const paths = watch(pc)
  await comeIn(pc)
  await expect.poll(() => paths.filter((path) => path.endsWith('/erased')).length).toBe(1)
  expect(await pc.names()).toHaveLength(1)
  expect(await howOf(pc)).toBe('receipt')
})
