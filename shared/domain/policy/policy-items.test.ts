import { describe, expect, it } from 'vitest'
import raw from '#resources/policy/2024-01-25.json' with { type: 'json' }
import { err, expectOk, ok } from '#shared/foundation/result.ts'
import { parsePolicy } from './parse-policy.ts'
import { itemById, policyItems, statedWithoutConsent } from './policy-items.ts'

const policy = expectOk(parsePolicy(raw))
const FIVE_YEARS = {
  text: '만능키 서비스 지원신청 후 5년',
  terms: [{ after: 'application', years: 5, months: 0 }]
}

describe('itemById', () => {
  it('answers why an item is held, on what basis, and until when', () => {
    expect(itemById(policy, 'application.child.rrn')).toEqual(
      ok({
        id: 'application.child.rrn',
        name: '주민등록번호',
        file: { id: 'application', name: '출산에서 육아까지 몽땅정보 만능키 서비스 신청정보' },
        partOf: { id: 'application.child', name: '대상아동정보' },
        subject: 'child',
        necessity: 'required',
        rests: 'law',
        listed: false,
        identifier: 'rrn',
        derivedFrom: [],
        legalBases: [
          {
            id: 'benefitsDecree28',
            kind: 'law',
            text: '사회보장급여의 이용·제공 및 수급권자 발굴에 관한 법률 시행령 제28조'
          }
        ],
        purposes: [{ id: 'application', text: '출산에서 육아까지 몽땅정보 만능키 서비스 신청처리' }],
        retention: FIVE_YEARS
      })
    )
  })

  it('tells the required phone number from the optional one for notices', () => {
    const phones = (['application.applicant.phone', 'application.applicant.contactPhone'] as const).map((id) =>
      expectOk(itemById(policy, id))
    )
    expect(phones.map(({ name, necessity, rests }) => [name, necessity, rests])).toEqual([
      ['휴대폰번호', 'required', 'law'],
      ['휴대폰번호', 'optional', 'consent']
    ])
  })

  it('finds nothing that the version does not name', () => {
    const withoutHelpers = {
      ...policy,
      files: policy.files.map((file) => ({
        ...file,
        items: file.items.filter(({ partOf }) => partOf !== 'application.helper')
      }))
    }
    expect(itemById(withoutHelpers, 'application.helper.name')).toEqual(
      err({ type: 'ItemNotInPolicy', policyId: '2024-01-25', itemId: 'application.helper.name' })
    )
  })

  it('lets an item state a term of its own that goes before that of its file', () => {
    const own = { text: '1년', terms: [{ after: 'application' as const, years: 1, months: 0 }] }
    const changed = {
      ...policy,
      files: policy.files.map((file) => ({
        ...file,
        items: file.items.map((item) =>
          item.id === 'application.applicant.account' ? { ...item, retention: own } : item
        )
      }))
    }
    expect(expectOk(itemById(changed, 'application.applicant.account')).retention).toEqual(own)
    expect(expectOk(itemById(changed, 'application.applicant.income')).retention).toEqual(FIVE_YEARS)
  })
})

describe('statedWithoutConsent', () => {
  it('shows an applicant every item that a law demands, each with a law, and none that she may refuse', () => {
    const stated = statedWithoutConsent(policy)
    expect(stated.map(({ id }) => id)).toEqual([
      'application.applicant.loginId',
      'application.applicant.name',
      'application.applicant.rrn',
      'application.applicant.foreignRegistrationNo',
      'application.applicant.birthDate',
      'application.applicant.sex',
      'application.applicant.phone',
      'application.applicant.address',
      'application.applicant.income',
      'application.applicant.account',
      'application.child.name',
      'application.child.rrn',
      'application.child.birthDate',
      'application.child.sex',
      'application.helper.name',
      'application.helper.rrn',
      'application.helper.phone',
      'application.helper.relation',
      'application.household.name',
      'application.household.rrn',
      'application.household.birthDate',
      'application.household.relation'
    ])
    expect(
      stated.filter(({ legalBases }) => legalBases.length === 0 || legalBases.some(({ kind }) => kind !== 'law'))
    ).toEqual([])
  })

  it('rests every identification number on the decree that allows it, and nothing else does', () => {
    const onDecreeAlone = policyItems(policy).filter(
      ({ legalBases }) => legalBases.map(({ id }) => id).join() === 'benefitsDecree28'
    )
    const identifiers = policyItems(policy).filter(({ identifier }) => identifier !== null)
    expect(onDecreeAlone).toEqual(identifiers)
    expect(identifiers.length).toBe(5)
  })
})
