import path from 'node:path'
import { expect, test } from 'vitest'
import { DISTRICTS } from '#shared/domain/district/district.ts'
import { readArguments } from './arguments.ts'

const TODAY = '2026-11-23'
const read = (...args: string[]) => readArguments(args, TODAY)
const key = 'ab'.repeat(32)

test('without a target the cases go to the centre that the server would use', () => {
  expect(read('--cases', '100000', '--seed', '7')).toEqual({
    ok: true,
    value: {
      cases: 100_000,
      seed: 7,
      today: TODAY,
      districtCodes: DISTRICTS.map(({ code }) => code),
      target: { type: 'Centre', url: null, dataDir: null }
    }
  })
})

test('each target is read with what belongs to it', () => {
  const target = (...args: string[]) => {
    const read = readArguments(args, TODAY)
    return read.ok ? read.value.target : read.error
  }
  expect([
    target('--into', 'postgres://centre.example/cases'),
    target('--data', 'centre'),
    target('--store', 'a.db', '--key', key),
    target('--out', 'cases.ndjson')
  ]).toEqual([
    { type: 'Centre', url: 'postgres://centre.example/cases', dataDir: null },
    { type: 'Centre', url: null, dataDir: path.resolve('centre') },
    { type: 'Store', file: path.resolve('a.db'), key: new Uint8Array(32).fill(0xab) },
    { type: 'File', file: path.resolve('cases.ndjson') }
  ])
})

test('days and 자치구 can be chosen', () => {
  expect(read('--today', '2025-03-01', '--districts', '11680,11440')).toMatchObject({
    ok: true,
    value: { today: '2025-03-01', districtCodes: ['11680', '11440'] }
  })
})

test.each([
  [['--cases', '0'], '--cases must be at least 1'],
  [['--cases', 'many'], '--cases must be a whole number from 1 to 5000000'],
  [['--cases', '5000001'], '--cases must be at most 5000000'],
  [['--seed', '-1'], 'seed'],
  [['--seed', '1.5'], '--seed must be a whole number'],
  [['--today', '2026-02-30'], '--today'],
  [['--districts', '11680,99999'], '--districts names a 자치구 code that is none'],
  [['--into', 'mysql://x'], '--into must be a postgres:// address'],
  [['--store', 'a.db'], '--store and --key belong together'],
  [['--key', key], '--store and --key belong together'],
  [['--store', 'a.db', '--key', 'abc'], '--key must be 64 hexadecimal digits'],
  [['--out', 'cases.json'], '--out must end in .ndjson'],
  [['--out', 'a.ndjson', '--data', 'b'], 'name one target'],
  [['--cass', '10'], '--cass'],
  [['ten'], 'ten']
])('%j is refused with words that say what to type', (args, message) => {
  const refused = readArguments(args, TODAY)
  expect(refused).toMatchObject({ ok: false, error: { type: 'ArgumentsInvalid' } })
  expect(refused.ok ? '' : refused.error.message).toContain(message)
})
