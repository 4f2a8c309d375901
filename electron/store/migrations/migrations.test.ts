import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { MIGRATIONS } from './index.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))
const files = readdirSync(folder)
const steps = files.filter((file) => /^\d{4}-.*\.ts$/.test(file) && !file.endsWith('.test.ts'))

test('every step is registered under the number in its file name, in order', () => {
  expect(MIGRATIONS.map(({ version }) => version)).toEqual(
    steps.map((file) => Number(file.slice(0, 4))).sort((a, b) => a - b)
  )
})

test('every step has its twin test', () => {
  expect(steps.filter((file) => !files.includes(file.replace(/\.ts$/, '.test.ts')))).toEqual([])
})

test('a step is history: it imports nothing but the migration types', () => {
  const imports = steps.flatMap((file) =>
    [...readFileSync(folder + file, 'utf8').matchAll(/from '([^']+)'|import\('([^']+)'\)/g)].map(
      (match) => match[1] ?? match[2]
    )
  )
  expect(imports.filter((from) => from !== './migration-types.ts')).toEqual([])
})
