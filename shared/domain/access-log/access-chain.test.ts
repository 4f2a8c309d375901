import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { err, ok } from '#shared/foundation/result.ts'
import { type ChainHead, type ChainLine, checkChain, EMPTY_CHAIN, nextLine } from './access-chain.ts'
import type { AccessEvent } from './access-event.ts'
import { canonicalText, type JsonValue } from './canonical-text.ts'

const deps = {
  sha256: (...parts: Array<string | Uint8Array>) => {
    const hash = createHash('sha256')
    for (const part of parts) hash.update(part)
    return new Uint8Array(hash.digest())
  }
}

const event = (no: number): AccessEvent => ({
  at: `2026-11-23T01:00:${String(no).padStart(2, '0')}.000Z`,
  accountId: '01930000-0000-7000-8000-00000000000a',
  deviceId: '01930000-0000-7000-8000-00000000000d',
  address: '10.1.2.3',
  act: 'view',
  caseIds: [`01930000-0000-7000-8000-0000000000${String(no).padStart(2, '0')}`],
  detail: {},
  reason: null
})

function chainOf(length: number): { lines: ChainLine[]; head: ChainHead } {
  const lines: ChainLine[] = []
  let head: ChainHead = EMPTY_CHAIN
  for (let no = 1; no <= length; no += 1) {
    const line = nextLine(deps, head, event(no))
    lines.push(line)
    head = line
  }
  return { lines, head: { no: head.no, hash: head.hash } }
}

/** The lines from `from` on, chained anew after `previous`: what somebody does who hides a change behind it. */
function chainedAnew(previous: ChainLine, rest: readonly ChainLine[]): ChainLine[] {
  let head: ChainHead = previous
  return rest.map((line) => {
    const no = head.no + 1
    const hash = deps.sha256(head.hash, line.body)
    const anew = { no, body: line.body, previousHash: head.hash, hash }
    head = anew
    return anew
  })
}

describe('a chain of nine lines', () => {
  const { lines, head } = chainOf(9)
  const at = (no: number): ChainLine => {
    const line = lines[no - 1]
    if (line === undefined) throw new Error('no such line')
    return line
  }
  const upTo = (no: number) => lines.slice(0, no - 1)
  const past = (no: number) => lines.slice(no)
  const other = event(42)

  test('is whole, and so is one without lines', () => {
    expect(checkChain(deps, lines, head)).toEqual(ok(head))
    expect(checkChain(deps, [], EMPTY_CHAIN)).toEqual(ok(EMPTY_CHAIN))
  })

  test('is known to be altered when a text changed', () => {
    const forged = { ...at(5), body: canonicalText(other) }
    expect(checkChain(deps, [...upTo(5), forged, ...past(5)], head)).toEqual(err({ type: 'TextAltered', no: 5 }))
  })

  test('is known to be altered when a text and its hash changed', () => {
    const body = canonicalText(other)
    const forged = { ...at(5), body, hash: deps.sha256(at(5).previousHash, body) }
    expect(checkChain(deps, [...upTo(5), forged, ...past(5)], head)).toEqual(err({ type: 'LinkBroken', no: 6 }))
  })

  test('is known to be altered when everything after the change was chained anew', () => {
    const body = canonicalText(other)
    const forged = { ...at(5), body, hash: deps.sha256(at(5).previousHash, body) }
    expect(checkChain(deps, [...upTo(5), forged, ...chainedAnew(forged, past(5))], head)).toEqual(
      err({ type: 'HeadMismatch', no: 9, expectedNo: 9 })
    )
  })

  test('is known to lack a removed line, be the numbers left or closed up', () => {
    expect(checkChain(deps, [...upTo(5), ...past(5)], head)).toEqual(err({ type: 'NumberMissing', no: 6 }))
    const closedUp = past(5).map((line) => ({ ...line, no: line.no - 1 }))
    expect(checkChain(deps, [...upTo(5), ...closedUp], head)).toEqual(err({ type: 'LinkBroken', no: 5 }))
    expect(checkChain(deps, [...upTo(5), ...chainedAnew(at(4), past(5))], head)).toEqual(
      err({ type: 'HeadMismatch', no: 8, expectedNo: 9 })
    )
  })

  test('is known to hold an inserted line', () => {
    const inserted = nextLine(deps, at(4), other)
    const shifted = lines.slice(4).map((line) => ({ ...line, no: line.no + 1 }))
    expect(checkChain(deps, [...upTo(5), inserted, ...shifted], head)).toEqual(err({ type: 'LinkBroken', no: 6 }))
    expect(checkChain(deps, [...upTo(5), inserted, ...lines.slice(4)], head)).toEqual(
      err({ type: 'NumberMissing', no: 5 })
    )
    expect(checkChain(deps, [...upTo(5), inserted, ...chainedAnew(inserted, lines.slice(4))], head)).toEqual(
      err({ type: 'HeadMismatch', no: 10, expectedNo: 9 })
    )
  })

  test('is known to be reordered', () => {
    const swapped = [...upTo(5), { ...at(6), no: 5 }, { ...at(5), no: 6 }, ...past(6)]
    expect(checkChain(deps, swapped, head)).toEqual(err({ type: 'LinkBroken', no: 5 }))
    const reordered = chainedAnew(at(4), [at(6), at(5), ...past(6)])
    expect(checkChain(deps, [...upTo(5), ...reordered], head)).toEqual(
      err({ type: 'HeadMismatch', no: 9, expectedNo: 9 })
    )
  })

  test('is known to have lost its tail, or everything', () => {
    expect(checkChain(deps, lines.slice(0, 7), head)).toEqual(err({ type: 'HeadMismatch', no: 7, expectedNo: 9 }))
    expect(checkChain(deps, [], head)).toEqual(err({ type: 'HeadMismatch', no: 0, expectedNo: 9 }))
  })

  test('is known to hold a line that no program of ours wrote', () => {
    const body = '{"at":"yesterday"}'
    const foreign = { no: 10, body, previousHash: head.hash, hash: deps.sha256(head.hash, body) }
    expect(checkChain(deps, [...lines, foreign], foreign)).toEqual(err({ type: 'LineUnreadable', no: 10 }))
  })

  test('is known to be altered whatever single byte changed', () => {
    return fc.assert(
      fc.property(fc.nat({ max: 8 }), fc.nat(), fc.integer({ min: 1, max: 127 }), (index, place, flip) => {
        const altered = lines.map((line, position) => {
          if (position !== index) return line
          const characters = [...line.body]
          const spot = place % characters.length
          characters[spot] = String.fromCharCode((characters[spot] ?? '').charCodeAt(0) ^ flip)
          return { ...line, body: characters.join('') }
        })
        expect(checkChain(deps, altered, head).ok).toBe(false)
      })
    )
  })
})

describe('the canonical text', () => {
  test('is the same however the object was built, and says the same', () => {
    const json = fc.jsonValue().map((value) => value as JsonValue)
    return fc.assert(
      fc.property(json, (value) => {
        const text = canonicalText(value)
        expect(canonicalText(reversed(value))).toBe(text)
        expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(sorted(value)))
      })
    )
  })

  test('leaves no white space and sorts by code unit', () => {
    expect(canonicalText({ b: [1, null, '가'], a: { d: true, c: 'x y' }, B: 0.5 })).toBe(
      '{"B":0.5,"a":{"c":"x y","d":true},"b":[1,null,"가"]}'
    )
  })
})

const mapObject = (
  value: JsonValue,
  order: (keys: string[]) => string[],
  each: (v: JsonValue) => JsonValue
): JsonValue => {
  if (Array.isArray(value)) return value.map(each)
  if (typeof value !== 'object' || value === null) return value
  const members = value as Readonly<Record<string, JsonValue>>
  return Object.fromEntries(order(Object.keys(members)).map((key) => [key, each(members[key] ?? null)]))
}
const reversed = (value: JsonValue): JsonValue => mapObject(value, (keys) => keys.reverse(), reversed)
const sorted = (value: JsonValue): JsonValue => mapObject(value, (keys) => keys.sort(), sorted)
