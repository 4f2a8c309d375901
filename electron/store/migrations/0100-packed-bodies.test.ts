import { expect, test } from 'vitest'
import { openTestStore } from '../testing/test-store.ts'

test('a body of before stays as it is', () => {
  const store = openTestStore({ version: 90 })
  store.db.raw.exec(`INSERT INTO case_bodies (no, body) VALUES (1, '[2,[]]')`)
  store.migrateTo(100)
  expect(store.db.all('SELECT no, body, packed FROM case_bodies')).toEqual([{ no: 1, body: '[2,[]]', packed: null }])
  store.close()
})
