import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { BATCH_REFUSAL_TYPES } from '#shared/commands/destruction/batch-refusal.ts'
import { REFUSAL_TYPES } from '#shared/commands/refusal.ts'
import { ACCESS_ACTS } from '#shared/domain/access-log/access-event.ts'
import { ROLES } from '#shared/domain/account/account.ts'
import { CASE_FIELDS, HELPER_RELATIONS, HOUSEHOLD_RELATIONS } from '#shared/domain/case/case.ts'
import { CASE_STATES } from '#shared/domain/case/case-state.ts'
import { FIELD_PROBLEMS } from '#shared/domain/case/field-problem.ts'
import { SERVICE_CODES } from '#shared/domain/case/service.ts'
import { CONSENT_METHODS, GUARDIAN_CHECKS } from '#shared/domain/consent/consent-record.ts'
import { BATCH_STATES } from '#shared/domain/destruction/batch-state.ts'
import type { DoorRefusal, SignInFailure } from '#shared/ipc/contract.ts'
import { CANNOT_CORRECT, PARKED_CAUSES, WAITS_FOR } from '#shared/ipc/outbox-views.ts'
import { type StoreProblem, UNMASKABLE } from '#shared/ipc/views.ts'
import { en } from './en.ts'
import { ko } from './ko.ts'

type TextTree = { readonly [key: string]: string | TextTree }

const flatten = (tree: TextTree, prefix = ''): Map<string, string> =>
  new Map(
    Object.entries(tree).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[prefix + key, value]] : [...flatten(value, `${prefix}${key}.`)]
    )
  )
const texts = { ko: flatten(ko), en: flatten(en) }
const variablesOf = (text: string | undefined) => [...new Set(text?.match(/\{\{\w+\}\}/g))].sort()

/** Unions without a list at run time: a new member fails to compile until it is named here. */
const SIGN_IN_FAILURES: Record<SignInFailure['type'], true> = {
  WrongPassword: true,
  AccountLocked: true,
  UnknownAccount: true,
  GrantOver: true,
  CentreUnreachable: true,
  CentreNotTrusted: true,
  CentreFault: true,
  CentreRestoring: true,
  ProtocolMismatch: true,
  DeviceRevoked: true,
  DeviceWipeOrdered: true,
  EnrolmentNeeded: true,
  EnrolmentCodeWrong: true,
  LeaseOver: true,
  ColleagueFirst: true,
  OtherDistrict: true,
  StoreUnusable: true
}
const STORE_PROBLEMS: Record<StoreProblem, true> = {
  key_missing: true,
  key_wrong: true,
  vault_lost: true,
  file_truncated: true,
  file_damaged: true,
  file_from_future: true,
  file_missing: true,
  disk_full: true
}
const DOOR_REFUSALS: Record<DoorRefusal['type'], true> = {
  UnknownMethod: true,
  RequestUnreadable: true,
  StoreFault: true
}

test('both languages have the same texts', () => {
  expect([...texts.en.keys()]).toEqual([...texts.ko.keys()])
})

test.each(['ko', 'en'] as const)('no text of %s is empty', (language) => {
  expect([...texts[language]].filter(([, text]) => text.trim() === '')).toEqual([])
})

test('both languages fill the same places in each text', () => {
  const differing = [...texts.ko].filter(([key, text]) => {
    const other = variablesOf(texts.en.get(key))
    return JSON.stringify(variablesOf(text)) !== JSON.stringify(other)
  })
  expect(differing.map(([key]) => key)).toEqual([])
})

/** Texts that show Korean on purpose: the language's own name, the key 한/영. */
const KOREAN_ON_PURPOSE = /\.ko$|^lock\.password\.hangul$/

test('the English texts hold no Korean but where it is meant', () => {
  const withHangul = [...texts.en].filter(([key, text]) => /[가-힣]/.test(text) && !KOREAN_ON_PURPOSE.test(key))
  expect(withHangul.map(([key]) => key)).toEqual([])
})

test.each([
  ['caseState', CASE_STATES],
  ['service', SERVICE_CODES],
  ['act', ACCESS_ACTS],
  ['role', ROLES],
  ['field', [...CASE_FIELDS, 'state']],
  ['fieldProblem', FIELD_PROBLEMS],
  ['refusal', REFUSAL_TYPES],
  ['batchRefusal', BATCH_REFUSAL_TYPES],
  ['batchState', BATCH_STATES],
  ['signInFailure', Object.keys(SIGN_IN_FAILURES)],
  ['storeProblem', Object.keys(STORE_PROBLEMS)],
  ['failure', Object.keys(DOOR_REFUSALS)],
  ['helperRelation', HELPER_RELATIONS],
  ['householdRelation', HOUSEHOLD_RELATIONS],
  ['consentMethod', CONSENT_METHODS],
  ['guardianCheck', GUARDIAN_CHECKS],
  ['unmaskable', UNMASKABLE]
])('everything that can happen has its words: %s', (group, members) => {
  const missing = members.filter((member) => !texts.ko.has(`domain.${group}.${member}`))
  expect(missing).toEqual([])
})

test.each([
  ['parkedCause', PARKED_CAUSES],
  ['waitsFor', WAITS_FOR],
  ['cannotCorrect', CANNOT_CORRECT]
])('every item of the outbox says why it is there, in both languages: %s', (group, causes) => {
  const told = causes.flatMap((cause) =>
    [texts.ko, texts.en].map((language) => language.get(`outbox.${group}.${cause}`))
  )
  expect(told.filter((sentence) => !sentence?.endsWith('.'))).toEqual([])
})

test('every refusal is a sentence in both languages, or the sentence of a field', () => {
  const told = REFUSAL_TYPES.flatMap((type) =>
    [texts.ko, texts.en].map((language) => language.get(`domain.refusal.${type}`))
  )
  expect(told.filter((sentence) => !/(\.|\{\{problem\}\})$/.test(sentence ?? ''))).toEqual([])
})

test('every rule that may keep a handed-over edit out has a sentence of its own, in both languages', () => {
  for (const language of [texts.ko, texts.en]) {
    const told = [...REFUSAL_TYPES, 'unknown'].map((type) => language.get(`quarantine.failure.NotTaken.${type}`))
    expect(told.filter((sentence) => !sentence?.endsWith('.'))).toEqual([])
    expect(new Set(told).size).toBe(told.length)
  }
})

/** Texts of the main process: shown before there is a window. */
const NOT_OF_THE_WINDOW = 'main.json'

test('every locale file is there in both languages and loaded by the window', () => {
  const folder = (language: string) => path.resolve(import.meta.dirname, '../../resources/locales', language)
  const files = (language: string) => readdirSync(folder(language)).sort()
  expect(files('en')).toEqual(files('ko'))
  const ofTheWindow = files('ko').filter((file) => file !== NOT_OF_THE_WINDOW)
  expect(ofTheWindow).toHaveLength(Object.keys(ko).length)
})

test('no screen carries words of its own', () => {
  const renderer = path.resolve(import.meta.dirname, '..')
  const sources = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.tsx') && !file.endsWith('.test.tsx') && !file.startsWith('testing')
  )
  const withHangul = sources.filter((file) => {
    const code = readFileSync(path.join(renderer, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    return /[가-힣]/.test(code)
  })
  expect(sources.length).toBeGreaterThan(30)
  expect(withHangul).toEqual([])
})
