import { expect, test } from 'vitest'
import { createSingleFlight } from './single-flight.ts'

test('what is asked for while it is being made is made once; afterwards it is made anew', async () => {
  const share = createSingleFlight<string>()
  const made: string[] = []
  const make = (key: string) => async () => {
    made.push(key)
    await Promise.resolve()
    return `${key} ${made.length}`
  }
  const together = await Promise.all([share('a', make('a')), share('b', make('b')), share('a', make('a'))])
  expect(together).toEqual(['a 2', 'b 2', 'a 2'])
  expect(await share('a', make('a'))).toBe('a 3')
  expect(made).toEqual(['a', 'b', 'a'])
})

test('a fault is told to all who share it, and the next try is one of its own', async () => {
  const share = createSingleFlight<string>()
  const fail = () => Promise.reject(new Error('the database is away'))
  const settled = await Promise.allSettled([share('a', fail), share('a', fail)])
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await share('a', async () => 'here')).toBe('here')
})
