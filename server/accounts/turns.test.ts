import { expect, test } from 'vitest'
import { createTurns, createTurnsByKey, TooBusyError } from './turns.ts'

/** Works that say when they begin and end only when told to. */
function createWorks() {
  const events: string[] = []
  const ends = new Map<string, () => void>()
  const work = (name: string) => () =>
    new Promise<string>((resolve) => {
      events.push(name)
      ends.set(name, () => resolve(name))
    })
  const end = async (name: string) => {
    ends.get(name)?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { events, work, end }
}

test('so many run at once, the others begin in order of arrival', async () => {
  const { events, work, end } = createWorks()
  const inTurn = createTurns({ atOnce: 2, waiting: 10 })
  const results = Promise.all(['a', 'b', 'c', 'd'].map((name) => inTurn(work(name))))
  await end('-')
  expect(events).toEqual(['a', 'b'])
  await end('b')
  expect(events).toEqual(['a', 'b', 'c'])
  await end('a')
  await end('c')
  await end('d')
  expect(await results).toEqual(['a', 'b', 'c', 'd'])
})

test('a work that fails lets the next begin', async () => {
  const inTurn = createTurns({ atOnce: 1, waiting: 10 })
  const failing = inTurn(() => Promise.reject(new Error('no')))
  const next = inTurn(async () => 'yes')
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe('yes')
})

test('one too many is turned away, and there is room again later', async () => {
  const { work, end } = createWorks()
  const inTurn = createTurns({ atOnce: 1, waiting: 1 })
  const running = [inTurn(work('a')), inTurn(work('b'))]
  await expect(inTurn(work('c'))).rejects.toThrow(TooBusyError)
  await end('a')
  await end('b')
  expect(await Promise.all(running)).toEqual(['a', 'b'])
  expect(await inTurn(async () => 'd')).toBe('d')
})

test('works of one key wait for each other, those of another do not', async () => {
  const { events, work, end } = createWorks()
  const inTurn = createTurnsByKey({ atOnce: 1, waiting: 10 })
  const all = Promise.all([inTurn('kim', work('kim 1')), inTurn('kim', work('kim 2')), inTurn('lee', work('lee 1'))])
  await end('-')
  expect(events).toEqual(['kim 1', 'lee 1'])
  await end('kim 1')
  expect(events).toEqual(['kim 1', 'lee 1', 'kim 2'])
  await end('kim 2')
  await end('lee 1')
  await all
})
