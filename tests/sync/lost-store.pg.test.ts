import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Account } from '#shared/domain/account/account.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { TestService } from '../../electron/store/testing/test-service.ts'
import { TEST_PASSWORD } from '../../server/testing/test-centre.ts'
import { openSyncFixture, type SyncFixture } from './sync-fixture.ts'

/** How the line to the centre is: `deaf` lets a request through and loses the answer. */
let line: 'open' | 'cut' | 'deaf' = 'open'
const fetchOverLine: typeof globalThis.fetch = async (input, init) => {
  if (line === 'cut') throw new TypeError('the line is cut')
  const response = await fetch(input, init)
  if (line === 'deaf') throw new TypeError('the answer is lost')
  return response
}

let office: SyncFixture
let account: Account
let pc: TestService
beforeEach(async () => {
  line = 'open'
  office = await openSyncFixture()
  account = await office.centre.addAccount({ districtCode: '11680' })
  pc = new TestService({ fetch: fetchOverLine })
  await signIn()
})
afterEach(async () => {
  expect(pc.faults).toEqual([])
  await pc.remove()
  await office.close()
})

const signIn = () => pc.get('session.signIn', { serverUrl: office.url, login: account.login, password: TEST_PASSWORD })
const register = async (name: string): Promise<string> => {
  const sample = sampleIntake()
  const args = { ...sample, applicant: { ...sample.applicant, name } }
  const taken = await pc.get('command.run', {
    caseId: null,
    base: {},
    draftId: null,
    intent: { name: 'case.register', args }
  })
  return taken.caseId
}
const ALL = { service: null, state: null, dongCode: null, dueUntil: null, mineOnly: false }
const names = async (): Promise<string[]> => {
  const sort = { column: 'applicantName', descending: false } as const
  const page = await pc.get('case.list', { filter: ALL, sort, from: { at: 'first' } })
  return page.rows.map(({ applicantName }) => applicantName)
}
const loseTheStore = async (lose: () => void): Promise<void> => {
  await pc.end()
  lose()
  pc.startAgain()
  expect(await pc.get('session.current', {})).toMatchObject({ state: 'broken' })
  await pc.get('store.startAfresh', {})
}
const removeFile = () => rmSync(join(pc.dataDir, 'stores', '11680', 'store.db'))
const loseVault = () => {
  pc.deviceSecret = null
}

test.each([
  ['its file', removeFile],
  ['the secret in the OS vault', loseVault]
])('a PC that loses %s sends what waited, once, and goes on', async (_what, lose) => {
  const first = await register('가하나')
  expect(await pc.get('sync.now', {})).toMatchObject({ state: 'current', waiting: 0 })
  line = 'deaf'
  await register('나두리')
  await pc.get('sync.now', {})
  line = 'cut'
  await register('다세찬')
  await pc.get('command.run', {
    caseId: first,
    base: {},
    draftId: null,
    intent: {
      name: 'case.correct',
      args: { changes: [{ field: 'applicant.phone', value: '01077778888' }], reason: '' }
    }
  })
  await loseTheStore(lose)
  line = 'open'
  await signIn()
  expect(await pc.get('sync.now', {})).toMatchObject({ state: 'current', waiting: 0, refused: 0 })
  expect(await names()).toEqual(['가하나', '나두리', '다세찬'])
  const view = await pc.get('case.open', { caseId: first })
  expect(view.fieldRevs).toEqual({ 'applicant.phone': 2 })

  await register('라네온')
  expect(await pc.get('sync.now', {})).toMatchObject({ state: 'current', waiting: 0, refused: 0 })
  expect(await names()).toEqual(['가하나', '나두리', '다세찬', '라네온'])
})

test('a PC that loses its store with nothing waiting gets everything back from the centre, and goes on', async () => {
  await register('가하나')
  await pc.get('sync.now', {})
  await loseTheStore(removeFile)
  await signIn()
  expect(await pc.get('sync.now', {})).toMatchObject({ state: 'current' })
  expect(await names()).toEqual(['가하나'])
  await register('나두리')
  expect(await pc.get('sync.now', {})).toMatchObject({ state: 'current', waiting: 0, refused: 0 })
  expect(await names()).toEqual(['가하나', '나두리'])
})

/** A capsule that was begun anew without the centre, so that the PC's secret alone opens it. */
const loseCapsule = async (): Promise<void> => {
  await pc.get('session.lock', { cause: 'asked' })
  rmSync(join(pc.dataDir, 'stores', '11680', 'rescue.capsule'))
  await pc.get('session.unlock', { login: account.login, password: TEST_PASSWORD })
}

test('unsent work that nothing on the PC opens any more goes to the centre, which does, and the PC goes on', async () => {
  await register('가하나')
  await pc.get('sync.now', {})
  line = 'cut'
  await loseCapsule()
  await register('나두리')
  await loseTheStore(loseVault)
  line = 'open'
  await signIn()
  await register('다세찬')
  expect(await pc.get('sync.now', {})).toMatchObject({ state: 'current', waiting: 0, refused: 0 })
  expect(await names()).toEqual(['가하나', '나두리', '다세찬'])
})

test('a PC whose unsent work is beyond rescue goes on after the last number that the centre has: nothing new is refused', async () => {
  await register('가하나')
  await pc.get('sync.now', {})
  line = 'cut'
  await register('나두리')
  await loseTheStore(() => {
    removeFile()
    writeFileSync(join(pc.dataDir, 'stores', '11680', 'rescue.capsule'), 'no capsule at all')
  })
  line = 'open'
  await signIn()
  await register('다세찬')
  expect(await pc.get('sync.now', {})).toMatchObject({ state: 'current', waiting: 0, refused: 0 })
  expect(await names()).toEqual(['가하나', '다세찬'])
})

test('a capsule that was begun anew without the centre is made whole with the next sign-in', async () => {
  line = 'cut'
  await loseCapsule()
  await register('가하나')
  line = 'open'
  await signIn()
  line = 'cut'
  await register('나두리')
  await loseTheStore(loseVault)
  line = 'open'
  await signIn()
  await pc.get('sync.now', {})
  expect(await names()).toEqual(['가하나', '나두리'])
})
