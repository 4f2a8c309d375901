import { describe, expect, it } from 'vitest'
import register from '#resources/policy/2024-01-25.json' with { type: 'json' }
import index from '#resources/policy/index.json' with { type: 'json' }
import { err, expectOk, ok } from '#shared/foundation/result.ts'
import { loadPolicies, policyInForce } from './policy-versions.ts'

const FILES = { '2024-01-25.json': register }
const successor = {
  ...register,
  id: '2027-01-01',
  effectiveFrom: '2027-01-01',
  earlierVersions: [
    ...register.earlierVersions,
    { effectiveFrom: '2024-01-25', effectiveUntil: '2026-12-31', links: ['개인정보 처리방침'] }
  ]
}
const withSuccessor = {
  format: 1,
  versions: [
    ...index.versions.slice(0, 2),
    { id: '2024-01-25', effectiveFrom: '2024-01-25', effectiveUntil: '2026-12-31', file: '2024-01-25.json' },
    { id: '2027-01-01', effectiveFrom: '2027-01-01', effectiveUntil: null, file: '2027-01-01.json' }
  ]
}
const policies = expectOk(loadPolicies({ index: withSuccessor, files: { ...FILES, '2027-01-01.json': successor } }))
const idOn = (date: string) => {
  const found = policyInForce(policies, date)
  return found.ok ? found.value.id : found.error
}

describe('policyInForce', () => {
  it('judges a day by the version in force on it, from its first day to the day before the next', () => {
    expect(['2024-01-25', '2024-02-29', '2026-12-31', '2027-01-01', '2030-06-30'].map(idOn)).toEqual([
      '2024-01-25',
      '2024-01-25',
      '2024-01-25',
      '2027-01-01',
      '2027-01-01'
    ])
  })

  it('does not lend a later text to a day of an earlier version that is known but not held', () => {
    expect(['2023-09-01', '2023-12-31', '2024-01-01', '2024-01-24'].map(idOn)).toEqual([
      { type: 'PolicyTextNotHeld', date: '2023-09-01', effectiveFrom: '2023-09-01', effectiveUntil: '2023-12-31' },
      { type: 'PolicyTextNotHeld', date: '2023-12-31', effectiveFrom: '2023-09-01', effectiveUntil: '2023-12-31' },
      { type: 'PolicyTextNotHeld', date: '2024-01-01', effectiveFrom: '2024-01-01', effectiveUntil: '2024-01-24' },
      { type: 'PolicyTextNotHeld', date: '2024-01-24', effectiveFrom: '2024-01-01', effectiveUntil: '2024-01-24' }
    ])
  })

  it('says so when no version was in force yet, or none is held at all', () => {
    expect(idOn('2023-08-31')).toEqual({ type: 'PolicyNotInForce', date: '2023-08-31' })
    expect(policyInForce([], '2026-11-23')).toEqual(err({ type: 'PolicyNotInForce', date: '2026-11-23' }))
  })

  it('does not depend on the order in which the versions are handed in', () => {
    expect(policyInForce([...policies].reverse(), '2026-11-23')).toEqual(policyInForce(policies, '2026-11-23'))
  })

  it('notices a version in between whose text is missing', () => {
    const gap = {
      ...expectOk(policyInForce(policies, '2027-01-01')),
      earlierVersions: [{ effectiveFrom: '2025-01-01', effectiveUntil: '2026-12-31', links: [] }]
    }
    const [first] = policies
    const held = first === undefined ? [] : [first, gap]
    expect(policyInForce(held, '2025-03-01')).toEqual(
      err({
        type: 'PolicyTextNotHeld',
        date: '2025-03-01',
        effectiveFrom: '2025-01-01',
        effectiveUntil: '2026-12-31'
      })
    )
    expect(policyInForce(held, '2024-12-31')).toEqual(ok(first))
  })
})

describe('loadPolicies', () => {
  it('reads the shipped index and every file that it names', () => {
    const loaded = expectOk(loadPolicies({ index, files: FILES }))
    expect(loaded.map(({ id }) => id)).toEqual(['2024-01-25'])
    expect(index.versions.map(({ file }) => file).filter((file) => file !== null)).toEqual(Object.keys(FILES))
  })

  it('refuses an index that names a file nobody handed in', () => {
    expect(loadPolicies({ index, files: {} })).toEqual(err({ type: 'PolicyFileMissing', file: '2024-01-25.json' }))
  })

  it.each([
    [
      'a gap between versions',
      [
        { id: '2023-09-01', effectiveFrom: '2023-09-01', effectiveUntil: '2023-12-30', file: null },
        ...index.versions.slice(1)
      ],
      { versionId: '2023-09-01', message: 'the next version does not begin the day after' }
    ],
    [
      'two open ends',
      [{ id: '2023-09-01', effectiveFrom: '2023-09-01', effectiveUntil: null, file: null }, ...index.versions.slice(1)],
      { versionId: '2023-09-01', message: 'only the newest version may be open-ended' }
    ],
    [
      'a newest version with an end',
      index.versions.slice(0, 2),
      { versionId: '2024-01-01', message: 'the newest version must be open-ended' }
    ],
    [
      'a version that ends before it begins',
      [{ id: '2023-09-01', effectiveFrom: '2023-09-01', effectiveUntil: '2023-08-31', file: null }],
      { versionId: '2023-09-01', message: 'the version ends before it begins' }
    ],
    [
      'an id that is not its first day',
      [{ id: '2023-09-02', effectiveFrom: '2023-09-01', effectiveUntil: null, file: null }],
      { versionId: '2023-09-02', message: 'the id is not the day the version takes effect' }
    ],
    [
      'a predecessor that the policy names and the index lacks',
      index.versions.slice(1),
      { versionId: '2024-01-25', message: 'the index lacks the earlier version of 2023-09-01' }
    ]
  ])('refuses %s', (_, versions, says) => {
    expect(loadPolicies({ index: { format: 1, versions }, files: FILES })).toEqual(
      err({ type: 'PolicyIndexInvalid', ...says })
    )
  })

  it('refuses a file that holds another version than its name says', () => {
    expect(loadPolicies({ index, files: { '2024-01-25.json': successor } })).toEqual(
      err({
        type: 'PolicyIndexInvalid',
        versionId: '2024-01-25',
        message: '2024-01-25.json holds another version'
      })
    )
  })

  it('refuses an index that is not one, and passes on what is wrong with a file', () => {
    expect(loadPolicies({ index: { versions: [] }, files: FILES })).toMatchObject({
      ok: false,
      error: { type: 'PolicyIndexInvalid', versionId: null }
    })
    expect(loadPolicies({ index, files: { '2024-01-25.json': { ...register, purposes: [] } } })).toMatchObject({
      ok: false,
      error: { type: 'PolicyInvalid', problems: [{ path: 'purposes' }] }
    })
  })
})
