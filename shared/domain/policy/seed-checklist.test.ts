import { describe, expect, it } from 'vitest'
import raw from '#resources/policy/2024-01-25.json' with { type: 'json' }
import { expectOk } from '#shared/foundation/result.ts'
import { parsePolicy } from './parse-policy.ts'
import type { PolicyRegister } from './policy.ts'
import { ARTICLES_0_TO_1 } from './seed-checklist-articles-0-1.ts'
import { ARTICLES_2_TO_5 } from './seed-checklist-articles-2-5.ts'
import { ARTICLES_6_TO_9 } from './seed-checklist-articles-6-9.ts'
import { ARTICLES_10_TO_13 } from './seed-checklist-articles-10-13.ts'
import type { ChecklistLine } from './seed-checklist-line.ts'

/**
 * The published policy of 2024-01-25, written down by hand line by line, against the register: nothing that it says or
 * promises was lost. Article 0 is what stands before the articles.
 */
const LINES: readonly ChecklistLine[] = [
  ...ARTICLES_0_TO_1,
  ...ARTICLES_2_TO_5,
  ...ARTICLES_6_TO_9,
  ...ARTICLES_10_TO_13
]
const policy = expectOk(parsePolicy(raw))

describe('the register holds every row and promise of the published policy', () => {
  it.each(LINES.map(([article, what, read, holds]) => ({ article, what, read, holds })))(
    'article $article: $what',
    ({ read, holds }) => {
      expect(read(policy)).toEqual(holds)
    }
  )

  it('counts the lines of each article, so that none leaves the checklist unseen', () => {
    const counted = Array.from({ length: 14 }, (_, article) => LINES.filter(([of]) => of === article).length)
    expect(counted).toEqual([11, 61, 3, 18, 17, 5, 18, 12, 12, 11, 7, 5, 9, 8])
  })

  it('would notice any published word or figure that changed', () => {
    const unnoticed = publishedLeaves(policy).filter(({ holder, key }) => !noticed(holder, key))
    expect(unnoticed.map(({ path }) => path)).toEqual([])
  })

  it('would notice any row that was lost', () => {
    const unnoticed = publishedRows(policy).filter(({ rows, index }) => !missed(rows, index))
    expect(unnoticed.map(({ path }) => path)).toEqual([])
  })

  it('names posts and departments, never a person or a personal mailbox', () => {
    expect(JSON.stringify(raw).match(/[\w.-]+@[\w.-]+/g)).toEqual(['privacy@seoul.go.kr'])
    expect(Object.keys(policy.officers.posts[0] ?? {})).toEqual(['id', 'role', 'department', 'rank'])
    expect(Object.keys(policy.accessRequests.department)).toEqual(['name', 'handlerRank', 'phone'])
  })
})

type Leaf = { readonly path: string; readonly holder: Record<string, unknown>; readonly key: string }

/** Every string, number and flag, without the consents (the office's own wording) and the file format. */
function publishedLeaves(register: PolicyRegister): Leaf[] {
  const { consents: _own, format: _shape, ...published } = register
  return Object.keys(published).flatMap((key) => leavesAt(register as Record<string, unknown>, key, key))
}

function leavesAt(holder: Record<string, unknown>, key: string, path: string): Leaf[] {
  const value = holder[key]
  if (typeof value !== 'object' || value === null) return [{ path, holder, key }]
  const inner = value as Record<string, unknown>
  return Object.keys(inner).flatMap((part) => leavesAt(inner, part, `${path}.${part}`))
}

type Row = { readonly path: string; readonly rows: unknown[]; readonly index: number }

/** Every element of every list. */
function publishedRows(register: PolicyRegister): Row[] {
  const { consents: _own, ...published } = register
  return rowsIn(published, 'policy')
}

function rowsIn(value: unknown, path: string): Row[] {
  if (typeof value !== 'object' || value === null) return []
  const own = Array.isArray(value) ? value.map((_, index) => ({ path: `${path}.${index}`, rows: value, index })) : []
  return [...own, ...Object.entries(value).flatMap(([key, inner]) => rowsIn(inner, `${path}.${key}`))]
}

/** Whether the register without the row is refused, or fails some line of the checklist. */
function missed(rows: unknown[], index: number): boolean {
  const [row] = rows.splice(index, 1)
  try {
    return LINES.some(([, , read, holds]) => !holdsTrue(read, holds)) || !parsePolicy(policy).ok
  } finally {
    rows.splice(index, 0, row)
  }
}

/** Whether some line of the checklist fails, or cannot even be read, while the leaf holds something else. */
function noticed(holder: Record<string, unknown>, key: string): boolean {
  const original = holder[key]
  holder[key] = typeof original === 'number' ? original + 1 : typeof original === 'boolean' ? !original : '바뀐 말'
  try {
    return LINES.some(([, , read, holds]) => !holdsTrue(read, holds))
  } finally {
    holder[key] = original
  }
}

/** A copy, because what is derived from a register is made once for each. */
function holdsTrue(read: ChecklistLine[2], holds: unknown): boolean {
  try {
    return JSON.stringify(sorted(read({ ...policy }))) === JSON.stringify(sorted(holds))
  } catch {
    return false
  }
}

/** The value with its keys in order, so that equal values print alike. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]))
}
