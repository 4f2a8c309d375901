import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSettingsStore } from './settings-file.ts'

const DEFAULTS = { locale: 'ko', contrast: 'light', locksAfterMinutes: 10 }
let dir = ''
let file = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'mnk-settings-'))
  file = join(dir, 'settings.json')
})
afterEach(() => rmSync(dir, { recursive: true }))

test('a new PC speaks Korean and locks after ten minutes', () => {
  expect(createSettingsStore(file).get()).toEqual(DEFAULTS)
})

test('a change is there after a restart, and what was not named stays', () => {
  createSettingsStore(file).set({ locale: 'en', serverUrl: 'https://centre.example.kr' })
  createSettingsStore(file).set({ locksAfterMinutes: 5, locale: undefined })
  const again = createSettingsStore(file)
  expect([again.get(), again.serverUrl()]).toEqual([
    { ...DEFAULTS, locale: 'en', locksAfterMinutes: 5 },
    'https://centre.example.kr'
  ])
})

test.each([
  ['{"locale":"fr","contrast":"high","locksAfterMinutes":9999}', { ...DEFAULTS, contrast: 'high' }],
  ['{"locale":"en"', DEFAULTS],
  ['null', DEFAULTS],
  ['', DEFAULTS]
])('a damaged file %s costs no more than what is damaged', (text, settings) => {
  writeFileSync(file, text)
  expect(createSettingsStore(file).get()).toEqual(settings)
})

test('a change that cannot be written is not shown as made', () => {
  const settings = createSettingsStore(join(dir, 'missing-folder', 'settings.json'))
  expect(() => settings.set({ locale: 'en' })).toThrow('ENOENT')
  expect(settings.get()).toEqual(DEFAULTS)
})
