import Database from 'better-sqlite3-multiple-ciphers'
import { expect, test } from 'vitest'
import { createBackground } from './background.ts'

test('a fault in work that nobody waits for is reported, a disk without room is not one', async () => {
  const reported: unknown[] = []
  const background = createBackground({ report: (fault) => reported.push(fault) })
  const fault = new TypeError('a fault of the program')
  const damaged = new Database.SqliteError('malformed', 'SQLITE_CORRUPT')
  const full = [
    new Database.SqliteError('full', 'SQLITE_FULL'),
    Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  ]
  for (const thrown of [fault, damaged, ...full]) background(Promise.reject(thrown))
  background(Promise.resolve('done'))
  await new Promise((settle) => setImmediate(settle))
  expect(reported).toEqual([fault, damaged])
})
