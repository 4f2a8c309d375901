import { expect, test } from 'vitest'
import { gathered } from './gather.ts'

/** A statement whose answers come when they are told to. */
function createStatement() {
  const asked: string[][] = []
  const ends: Array<{ answer: () => void; fail: (fault: Error) => void }> = []
  const ask = (keys: readonly string[]) =>
    new Promise<string[]>((resolve, reject) => {
      asked.push([...keys])
      ends.push({ answer: () => resolve(keys.map((key) => key.toUpperCase())), fail: reject })
    })
  return { asked, ends, ask }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('the first is asked for at once, those who come meanwhile together, each gets its own answer', async () => {
  const { asked, ends, ask } = createStatement()
  const lookUp = gathered(ask)
  const answers = Promise.all(['a', 'b', 'c', 'b'].map((key) => lookUp(key)))
  expect(asked).toEqual([['a']])
  ends[0]?.answer()
  await settled()
  expect(asked).toEqual([['a'], ['b', 'c', 'b']])
  ends[1]?.answer()
  expect(await answers).toEqual(['A', 'B', 'C', 'B'])
})

test('a fault is that of those who were asked for together; the next ask anew', async () => {
  const { asked, ends, ask } = createStatement()
  const lookUp = gathered(ask)
  const first = lookUp('a')
  const second = lookUp('b')
  ends[0]?.fail(new Error('the database is away'))
  await expect(first).rejects.toThrow('the database is away')
  await settled()
  ends[1]?.answer()
  expect(await second).toBe('B')
  const third = lookUp('c')
  ends[2]?.answer()
  expect(await third).toBe('C')
  expect(asked).toEqual([['a'], ['b'], ['c']])
})
