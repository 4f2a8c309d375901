import { describe, expect, it } from 'vitest'
import raw from '#resources/policy/2024-01-25.json' with { type: 'json' }
import { err, ok } from '#shared/foundation/result.ts'
import { parsePolicy } from './parse-policy.ts'

type Raw = typeof raw
const changed = (change: (draft: Raw) => void): Raw => {
  const draft = structuredClone(raw)
  change(draft)
  return draft
}
const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index]
  if (found === undefined) throw new Error(`nothing at ${index}`)
  return found
}
const invalid = (path: string, message: string) => err({ type: 'PolicyInvalid', problems: [{ path, message }] })

describe('parsePolicy', () => {
  it('reads the shipped version without changing a word of it', () => {
    expect(parsePolicy(raw)).toEqual(ok(raw))
  })

  it.each([null, 7, 'policy', [], {}])('refuses %j, which is no register', (value) => {
    expect(parsePolicy(value)).toMatchObject({ ok: false, error: { type: 'PolicyInvalid' } })
  })

  it('refuses a part it does not know rather than dropping it', () => {
    expect(parsePolicy({ ...raw, appendix: '별표' })).toEqual(invalid('', 'Unrecognized key: "appendix"'))
  })

  it('refuses a file of a newer format', () => {
    expect(parsePolicy({ ...raw, format: 2 })).toEqual(invalid('format', 'Invalid input: expected 1'))
  })

  it('refuses an item that the program does not know', () => {
    const draft = changed((one) => {
      at(at(one.files, 1).items, 0).id = 'application.applicant.religion'
    })
    expect(parsePolicy(draft)).toMatchObject({ ok: false, error: { problems: [{ path: 'files.1.items.0.id' }] } })
  })

  it.each<[string, (draft: Raw) => void, string, string]>([
    [
      'a legal basis that does not exist',
      (one) => at(one.files, 0).legalBases.push('tradition'),
      'files.member.member.legalBases',
      '"tradition" is not in the register'
    ],
    [
      'a purpose that does not exist',
      (one) => at(one.files, 1).purposes.push('marketing'),
      'files.application.application.purposes',
      '"marketing" is not in the register'
    ],
    [
      'an item of a group that does not exist',
      (one) => {
        at(at(one.files, 1).items, 0).partOf = 'member'
      },
      'files.application.items.partOf',
      '"member" is not in the register'
    ],
    [
      'the same item twice',
      (one) => at(one.files, 0).items.push(at(at(one.files, 0).items, 0)),
      'files.items',
      '"member.loginId" stands there more than once'
    ],
    [
      'a consent for a recipient who is none',
      (one) => one.provisions.pop(),
      'consents.provide.bgfRetail.recipient',
      '"bgfRetail" is not in the register'
    ],
    [
      'a recipient that nobody is asked about',
      (one) => one.consents.pop(),
      'provisions.recipients',
      '"oasisMarket" is not in the register'
    ],
    [
      'a consent to what is required anyway',
      (one) => at(one.consents, 0).items?.push('application.applicant.name'),
      'consents.collect.contactPhone.items',
      '"application.applicant.name" is not in the register'
    ],
    [
      'a resident registration number on consent',
      (one) => {
        const rrn = at(one.files, 1).items.find(({ id }) => id === 'application.applicant.rrn')
        if (rrn !== undefined) rrn.partOf = 'application.optional'
      },
      'files.application.items.application.applicant.rrn',
      'rests on no law'
    ],
    [
      'a law-bound group without a law',
      (one) => {
        at(at(one.files, 0).groups, 1).legalBases = ['consent']
      },
      'files.member.items.manager.affiliation',
      'rests on no law'
    ],
    [
      'an approver of destruction who holds no post',
      (one) => {
        one.destruction.approver = 'mayor'
      },
      'destruction.approver',
      '"mayor" is not in the register'
    ],
    [
      'a trustee whose contract ends before it begins',
      (one) => {
        at(one.outsourcing.trustees, 2).until = '2023-12-31'
      },
      'outsourcing.trustees.(주)파란샘',
      'ends before it begins'
    ],
    [
      'an earlier version that reaches into this one',
      (one) => {
        at(one.earlierVersions, 1).effectiveUntil = '2024-01-25'
      },
      'earlierVersions.2024-01-01',
      'ends out of order'
    ]
  ])('refuses %s and says where', (_, change, path, message) => {
    const parsed = parsePolicy(changed(change))
    expect(parsed.ok ? [] : parsed.error.problems).toContainEqual({ path, message })
  })

  it('refuses a day that does not exist', () => {
    expect(parsePolicy({ ...raw, effectiveFrom: '2024-02-30' })).toEqual(invalid('effectiveFrom', 'Invalid ISO date'))
  })
})
