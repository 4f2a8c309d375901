import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const spec = readFileSync(join(root, 'docs/specs/sync.md'), 'utf8')

/** `file`: “title of a test in it”, as the table of docs/specs/sync.md names its proofs. */
const PROOF = /`([\w./-]+\.(?:test|spec)\.ts)`: “([^”]+)”/g

const rows = [...spec.matchAll(/^\| (\d+) \| .*$/gm)].map(([row, number]) => ({
  number: Number(number),
  proofs: [...row.matchAll(PROOF)].map(([, file = '', title = '']) => ({ file, title }))
}))

test('each of the seventeen pains of other systems has its answer and the name of a test', () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 17 }, (_, index) => index + 1))
  expect(rows.filter(({ proofs }) => proofs.length === 0)).toEqual([])
})

test('every test that the table names is there', () => {
  const missing = rows.flatMap(({ proofs }) => proofs).filter(({ file, title }) => !holds(file, title))
  expect(missing).toEqual([])
})

test('the titles read as sentences: what a table of examples fills in is filled in', () => {
  expect(rows.flatMap(({ proofs }) => proofs).filter(({ title }) => HOLE.test(title))).toEqual([])
})

/** What `test.each` fills into a title. */
const HOLE = /%[sid]|\$\w+/

/** Titles stand in single quotes in the code, where an apostrophe may be escaped; anything may stand in a hole. */
function holds(file: string, title: string): boolean {
  const path = join(root, file)
  if (!existsSync(path)) return false
  const texts = readFileSync(path, 'utf8').matchAll(/'((?:[^'\\\n]|\\.)*)'/g)
  const titles = [...texts].map(([, text = '']) => text.replaceAll("\\'", "'")).filter((text) => !isAllHole(text))
  return titles.some((text) => matcherOf(text).test(title))
}

/** `'%s'` would be the title of everything. */
const isAllHole = (text: string): boolean => !/\w{2}/.test(text.replaceAll(new RegExp(HOLE, 'g'), ''))

const matcherOf = (title: string): RegExp =>
  new RegExp(`^${title.replaceAll(/[.*+?^{}()|[\]\\]/g, '\\$&').replaceAll(new RegExp(HOLE, 'g'), '.+')}$`)
