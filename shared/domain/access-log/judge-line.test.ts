import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type ChainHead, type ChainLine, EMPTY_CHAIN, nextLine } from './access-chain.ts'
import type { AccessEvent } from './access-event.ts'
import { canonicalText } from './canonical-text.ts'
import { type JudgeOptions, judgeLine, type KnownLine } from './judge-line.ts'

const deps = {
  sha256: (...parts: Array<string | Uint8Array>) => {
    const hash = createHash('sha256')
    for (const part of parts) hash.update(part)
    return new Uint8Array(hash.digest())
  }
}

const DEVICE = '01930000-0000-7000-8000-00000000000d'
const eventAt = (at: string, over: Partial<AccessEvent> = {}): AccessEvent => ({
  at,
  accountId: '01930000-0000-7000-8000-00000000000a',
  deviceId: DEVICE,
  address: '10.1.2.3',
  act: 'view',
  caseIds: [],
  detail: {},
  reason: null,
  ...over
})
const lineAfter = (head: ChainHead, over: Partial<AccessEvent> = {}, at = '2026-11-23T01:00:00.000Z'): ChainLine =>
  nextLine(deps, head, eventAt(at, over))
const known = (line: ChainLine, at = '2026-11-23T01:00:00.000Z'): KnownLine => ({ ...line, reckoned: line.hash, at })

const first = lineAfter(EMPTY_CHAIN)
const second = lineAfter(first)
const around = (over: Partial<JudgeOptions> = {}): JudgeOptions => ({
  ...{ before: [known(first)], same: [], chain: first.hash, deviceId: DEVICE },
  ...{ receivedAt: '2026-11-23T01:05:00.000Z' },
  ...over
})
const marksOf = (line: ChainLine, over: Partial<JudgeOptions> = {}) => judgeLine(deps, line, around(over))?.marks
/** Hashed as if it were a line of ours. */
const lineWith = (body: string): ChainLine => ({
  ...{ no: 2, body, previousHash: first.hash },
  hash: deps.sha256(first.hash, body)
})

describe('a line that a PC sends', () => {
  test('has nothing wrong when it follows the one before it', () => {
    expect(marksOf(first, { before: [] })).toEqual([])
    expect(marksOf(second)).toEqual([])
  })

  test('is no new one when it is here', () => {
    expect(judgeLine(deps, second, around({ same: [known(second)] }))).toBeNull()
  })

  test('says that others are missing before it', () => {
    expect(marksOf({ ...second, no: 3 }, { before: [] })).toEqual(['gap'])
  })

  test('says that those before it are others', () => {
    expect(marksOf(lineAfter(EMPTY_CHAIN), { before: [], chain: second.hash })).toEqual(['link'])
    expect(marksOf(second, { before: [known(lineAfter(EMPTY_CHAIN, { act: 'list' }))] })).toEqual(['link'])
  })

  test('says that another one has its number', () => {
    const other = lineAfter(first, { act: 'list' })
    expect(marksOf(other, { same: [known(second)] })).toEqual(['fork'])
    expect(marksOf(lineAfter(other), { before: [known(second), known(other)] })).toEqual([])
  })

  test('is known to be altered on the way', () => {
    const body = canonicalText(eventAt('2026-11-23T01:00:00.000Z', { act: 'list' }))
    expect(marksOf({ ...second, body })).toEqual(['text'])
    expect(marksOf({ ...second, body }, { same: [known(second)] })).toEqual(['fork', 'text'])
  })

  test.each([
    ['no JSON', 'ten o’clock'],
    ['no event', '{"at":"yesterday"}'],
    ['a number that is none', '1e999'],
    ['nested without end', '['.repeat(60_000) + ']'.repeat(60_000)],
    ['an event in another form', JSON.stringify(eventAt('2026-11-23T01:00:00.000Z'))],
    ['an event of a year that no database holds', canonicalText(eventAt('0000-01-01T00:00:00.000Z'))]
  ])('is unreadable: %s', (_, body) => {
    expect(judgeLine(deps, lineWith(body), around())).toMatchObject({ event: null, marks: ['unreadable'] })
  })

  test('may name an act that only a newer desk knows, and more about it', () => {
    const event = { ...eventAt('2026-11-23T01:00:00.000Z'), act: 'dream', depth: 2 }
    expect(judgeLine(deps, lineWith(canonicalText(event)), around())).toMatchObject({ event, marks: [] })
  })

  test('names another PC', () => {
    expect(marksOf(lineAfter(first, { deviceId: '01930000-0000-7000-8000-00000000000e' }))).toEqual(['foreign'])
  })

  test('shows a clock that went back, more than it is set right by, or that goes before the centre’s', () => {
    expect(marksOf(lineAfter(first, {}, '2026-11-23T00:59:30.000Z'))).toEqual([])
    expect(marksOf(lineAfter(first, {}, '2026-11-23T00:58:30.000Z'))).toEqual(['clock_back'])
    expect(marksOf(lineAfter(first, {}, '2026-11-23T01:09:30.000Z'))).toEqual([])
    expect(marksOf(lineAfter(first, {}, '2026-11-24T01:00:00.000Z'))).toEqual(['clock_ahead'])
  })
})
