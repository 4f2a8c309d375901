import { expect, test } from 'vitest'
import { faultLine } from './logging.ts'

test('a fault is told by its class, its code and its places, never by its words, also where they look like places', () => {
  const words = '노을빛나 910412\n    at 노을빛나 (/910412:1:1)\nat 노을빛나'
  const line = faultLine(Object.assign(new RangeError(words), { code: '22P02' }))
  expect(line).toMatchObject({ type: 'RangeError', code: '22P02', stack: expect.stringContaining('logging.test.ts') })
  expect(JSON.stringify(line)).not.toMatch(/노을빛나|910412/)
})
