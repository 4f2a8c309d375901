import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import domain from '#resources/locales/ko/domain.json' with { type: 'json' }
import { CASE_STATES, nextStates } from '#shared/domain/case/case-state.ts'

const glossary = readFileSync(path.resolve(import.meta.dirname, '../../docs/glossary.md'), 'utf8')

/** The rows of the table below a heading, cell by cell. */
function tableUnder(heading: string): string[][] {
  const section = glossary.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  const rows = section.split('\n').filter((line) => line.startsWith('|'))
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
  )
}

const codesIn = (cell = ''): string[] => [...cell.matchAll(/`([a-z_]+)`/g)].map(([, code]) => code ?? '')

test('the glossary names every state as the screen does and leads where the state machine leads', () => {
  const told = tableUnder('States').flatMap(([codes, words, next]) =>
    codesIn(codes).map((code, index) => ({ code, word: words?.split(', ')[index], next: codesIn(next) }))
  )
  expect(told).toEqual(
    CASE_STATES.toSorted(
      (a, b) => told.findIndex(({ code }) => code === a) - told.findIndex(({ code }) => code === b)
    ).map((code) => ({ code, word: domain.caseState[code], next: nextStates(code) }))
  )
})
