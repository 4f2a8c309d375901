import Database from 'better-sqlite3-multiple-ciphers'
import { beforeEach, expect, test } from 'vitest'
import { err, ok } from '#shared/foundation/result.ts'
import { CONTRACT } from '#shared/ipc/contract.ts'
import type { StoreFailure } from '../db/sqlite-failure.ts'
import { createDoor, type Door, type Handlers } from './door.ts'
import type { Fault } from './fault-log.ts'

const SECRET_TEXT = '김하늘별 900101-2123456'
let logged: Fault[] = []
let failures: StoreFailure[] = []
let thrown: () => unknown = () => null

const throwing = (): never => {
  throw thrown()
}
let door: Door
beforeEach(() => {
  logged = []
  failures = []
  const handlers = Object.fromEntries(Object.keys(CONTRACT).map((name) => [name, throwing])) as unknown as Handlers
  door = createDoor({
    handlers: { ...handlers, 'settings.get': () => ok({ locale: 'ko', contrast: 'light', locksAfterMinutes: 10 }) },
    onStoreFailure: async (failure) => {
      failures.push(failure)
    },
    newId: () => 'fault-1',
    log: (fault) => logged.push(fault)
  })
})

test('a request that fits gets its answer', async () => {
  expect(await door('settings.get', {})).toEqual(ok({ locale: 'ko', contrast: 'light', locksAfterMinutes: 10 }))
})

test.each(['case.steal', 'toString', '__proto__', 'constructor', 'hasOwnProperty', ''])(
  'the method %j is not one of ours',
  async (name) => {
    expect(await door(name, {})).toEqual(err({ type: 'UnknownMethod' }))
  }
)

test('an unreadable request says which fields, and never what was in them', async () => {
  const answer = await door('case.unmask', { caseId: SECRET_TEXT, field: SECRET_TEXT, index: 99, reason: '' })
  expect(answer).toEqual(err({ type: 'RequestUnreadable', where: ['caseId', 'field', 'index', 'reason'] }))
  for (const request of [undefined, null, 7, 'text', [], { caseId: 1 }]) {
    expect(await door('case.open', request)).toMatchObject({ ok: false, error: { type: 'RequestUnreadable' } })
  }
})

test('a fault of the program is answered, and logged without what was typed', async () => {
  const faults = [
    new Error(`cannot read ${SECRET_TEXT}`),
    new TypeError(`two lines\n${SECRET_TEXT}\n    at ${SECRET_TEXT}`),
    Object.assign(new Error(SECRET_TEXT), { name: SECRET_TEXT, code: SECRET_TEXT }),
    SECRET_TEXT,
    null
  ]
  for (const fault of faults) {
    thrown = () => fault
    expect(await door('session.current', {})).toEqual(err({ type: 'StoreFault', faultId: 'fault-1' }))
  }
  expect(JSON.stringify(logged)).not.toContain('김하늘별')
  expect(logged.map(({ kind }) => kind)).toEqual(['Error', 'TypeError', 'Error', 'string', 'object'])
  expect(logged[0]).toMatchObject({ faultId: 'fault-1', where: 'session.current' })
  expect(logged[0]?.stack[0]).toContain('door.test.ts')
})

test.each([
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_CORRUPT_INDEX', 'damaged'],
  ['SQLITE_NOTADB', 'damaged'],
  ['SQLITE_IOERR_READ', 'damaged'],
  ['SQLITE_IOERR_SHORT_READ', 'truncated'],
  ['SQLITE_FULL', 'disk_full']
])('%s in a handler ends the session', async (code, failure) => {
  thrown = () => new Database.SqliteError('x', code)
  expect(await door('case.today', { today: '2026-11-23' })).toEqual(err({ type: 'Locked' }))
  expect([failures, logged]).toEqual([[failure], []])
})
