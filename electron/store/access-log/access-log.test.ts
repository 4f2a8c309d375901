import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { err, ok } from '#shared/foundation/result.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { openTestStore, type TestStore } from '../testing/test-store.ts'
import { type AccessDeps, IDS_A_LINE, recordAct, verifyChain } from './access-log.ts'
import { createSearchBurst } from './search-burst.ts'

const uuid = (n: number): string => `01930000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
const deps: AccessDeps = {
  sha256: nodeCipher.sha256,
  now: () => '2026-11-23T01:00:00.000Z',
  accountId: uuid(1),
  deviceId: uuid(2),
  address: () => '10.1.2.3'
}

let store: TestStore
beforeEach(() => {
  store = openTestStore()
})
afterEach(() => store.close())

const view = (caseNo: number) =>
  store.db.write((tx) => {
    recordAct(tx, deps, { act: 'view', caseIds: [uuid(caseNo)] })
    return ok(null)
  })
const change = (sql: string) => store.db.raw.exec(sql)
const events = (): unknown[] =>
  store.db.all<{ body: string }>('SELECT body FROM access_log ORDER BY no').map(({ body }) => JSON.parse(body))

describe('the log', () => {
  test('names who, when, where, whose data, what and why, line by line', () => {
    store.db.write((tx) => {
      recordAct(tx, deps, {
        act: 'unmask',
        caseIds: [uuid(7)],
        detail: { field: 'applicant.account', index: 0 },
        reason: '지급 전 확인'
      })
      return ok(null)
    })
    expect(events()).toEqual([
      {
        at: '2026-11-23T01:00:00.000Z',
        accountId: uuid(1),
        deviceId: uuid(2),
        address: '10.1.2.3',
        act: 'unmask',
        caseIds: [uuid(7)],
        detail: { field: 'applicant.account', index: 0 },
        reason: '지급 전 확인'
      }
    ])
  })

  test('forgets an act that did not happen, and leaves no gap for it', () => {
    view(1)
    store.db.write((tx) => {
      recordAct(tx, deps, { act: 'view', caseIds: [uuid(2)] })
      return err({ type: 'Refused' as const })
    })
    view(3)
    expect(store.db.all('SELECT no FROM access_log ORDER BY no')).toEqual([{ no: 1 }, { no: 2 }])
    expect(verifyChain(store.db, deps).ok).toBe(true)
  })

  test('spreads an act on more cases than a line holds over several lines', () => {
    const caseIds = Array.from({ length: IDS_A_LINE + 1 }, (_, n) => uuid(n + 10))
    store.db.write((tx) => {
      recordAct(tx, deps, { act: 'copy', caseIds, reason: '명단 대조' })
      return ok(null)
    })
    expect(events()).toMatchObject([{ caseIds: caseIds.slice(0, IDS_A_LINE) }, { caseIds: caseIds.slice(IDS_A_LINE) }])
    expect(verifyChain(store.db, deps).ok).toBe(true)
  })

  test('is whole when untouched, also when empty', () => {
    expect(verifyChain(store.db, deps)).toEqual(ok({ no: 0, hash: new Uint8Array(32) }))
    for (const n of [1, 2, 3]) view(n)
    expect(verifyChain(store.db, deps)).toMatchObject({ ok: true, value: { no: 3 } })
  })

  test('shows every way of changing it in the file', () => {
    const attacks: Array<[name: string, sql: string, found: unknown]> = [
      [
        'altered',
        `UPDATE access_log SET body = replace(body, 'view', 'list') WHERE no = 3`,
        { type: 'TextAltered', no: 3 }
      ],
      ['removed', 'DELETE FROM access_log WHERE no = 3', { type: 'NumberMissing', no: 4 }],
      [
        'removed and closed up',
        'DELETE FROM access_log WHERE no = 3; UPDATE access_log SET no = no - 1 WHERE no > 3',
        { type: 'LinkBroken', no: 3 }
      ],
      [
        'inserted',
        `UPDATE access_log SET no = -no WHERE no > 3; UPDATE access_log SET no = 1 - no WHERE no < 0;
         INSERT INTO access_log (no, body, previous_hash, hash) SELECT 4, body, hash, hash FROM access_log WHERE no = 3`,
        { type: 'TextAltered', no: 4 }
      ],
      [
        'reordered',
        'UPDATE access_log SET no = 99 WHERE no = 3; UPDATE access_log SET no = 3 WHERE no = 4; UPDATE access_log SET no = 4 WHERE no = 99',
        { type: 'LinkBroken', no: 3 }
      ],
      ['cut', 'DELETE FROM access_log WHERE no > 3', { type: 'HeadMismatch', no: 3, expectedNo: 6 }],
      ['emptied', 'DELETE FROM access_log', { type: 'HeadMismatch', no: 0, expectedNo: 6 }]
    ]
    for (const n of [1, 2, 3, 4, 5, 6]) view(n)
    const found = attacks.map(([name, sql]) => {
      change('BEGIN')
      change(sql)
      const result = verifyChain(store.db, deps)
      change('ROLLBACK')
      return [name, result]
    })
    expect(found).toEqual(attacks.map(([name, , error]) => [name, err(error)]))
    expect(verifyChain(store.db, deps).ok).toBe(true)
  })
})

describe('typing a search', () => {
  const timers: Array<() => void> = []
  const faults: unknown[] = []
  const burst = () =>
    createSearchBurst({
      ...deps,
      db: store.db,
      onFault: (fault) => faults.push(fault),
      later: (_ms, work) => {
        timers.push(work)
        return () => timers.splice(timers.indexOf(work), 1)
      }
    })
  afterEach(() => timers.splice(0))

  test('becomes one entry that names every case which any of its steps showed', () => {
    const searches = burst()
    searches.add({ kind: 'initials', hits: 90, caseIds: [uuid(11), uuid(12)] })
    searches.add({ kind: 'initials', hits: 3, caseIds: [uuid(12), uuid(13)] })
    searches.add({ kind: 'name', hits: 1, caseIds: [uuid(13)] })
    expect(events()).toEqual([])
    for (const work of [...timers]) work()
    expect(events()).toMatchObject([
      {
        act: 'search',
        caseIds: [uuid(11), uuid(12), uuid(13)],
        detail: { kinds: 'initials name', searches: 3, hits: 1 }
      }
    ])
    searches.flush()
    expect(events()).toHaveLength(1)
  })

  test('is written before the lock or the next act, and a new search after it starts a new entry', () => {
    const searches = burst()
    searches.add({ kind: 'phone', hits: 1, caseIds: [uuid(11)] })
    searches.flush()
    expect(timers).toHaveLength(0)
    searches.add({ kind: 'phone', hits: 0, caseIds: [] })
    searches.flush()
    expect(events()).toMatchObject([{ caseIds: [uuid(11)] }, { caseIds: [], detail: { hits: 0 } }])
    expect(faults).toEqual([])
  })

  test('on a file that takes nothing more ends neither the program nor goes on knocking', () => {
    const searches = burst()
    searches.add({ kind: 'phone', hits: 1, caseIds: [uuid(11)] })
    change('DROP TABLE access_log')
    for (const work of timers.splice(0)) work()
    expect(faults).toMatchObject([{ code: 'SQLITE_ERROR' }])
    const late = burst()
    late.add({ kind: 'phone', hits: 1, caseIds: [uuid(12)] })
    expect(timers).toHaveLength(1)
    late.abandon()
    expect(timers).toEqual([])
  })
})
