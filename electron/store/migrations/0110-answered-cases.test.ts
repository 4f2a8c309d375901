import { expect, test } from 'vitest'
import { ok } from '#shared/foundation/result.ts'
import { openTestStore } from '../testing/test-store.ts'

test('what was received of a case that waits stays as it is', () => {
  const store = openTestStore({ version: 100 })
  const id = Buffer.from('01930000000070008000000000000002', 'hex')
  store.db.write((tx) => {
    tx.run('INSERT INTO confirmed_cases VALUES (?, ?)', id, '{}')
    return ok(null)
  })
  store.migrateTo(110)
  expect(store.db.all('SELECT case_id, body, answered FROM confirmed_cases')).toEqual([
    { case_id: id, body: '{}', answered: null }
  ])
  store.close()
})
