import { describe, expect, it } from 'vitest'
import raw from '#resources/policy/2024-01-25.json' with { type: 'json' }
import { SERVICE_CODES } from '#shared/domain/case/service.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { consentsToAsk } from './consents-to-ask.ts'
import { parsePolicy } from './parse-policy.ts'
import { policyItems } from './policy-items.ts'

const policy = expectOk(parsePolicy(raw))
const RIGHT = '동의하지 않을 권리가 있으며, 동의한 뒤에도 언제든지 철회할 수 있습니다.'
const CONTACT = ['collect.contactPhone', 'collect.email']

describe('consentsToAsk', () => {
  it('asks for each service exactly what the policy leaves to consent', () => {
    const asked = SERVICE_CODES.map((service) => [service, consentsToAsk(policy, service).map(({ id }) => id)])
    expect(Object.fromEntries(asked)).toEqual({
      childcare_kin: CONTACT,
      childcare_private: [...CONTACT, 'provide.privateChildcareProvider'],
      postpartum: CONTACT,
      pregnancy_transport: CONTACT,
      housework: CONTACT,
      taxi: CONTACT,
      housing: CONTACT,
      self_employed_birth: CONTACT,
      meal_coupon: [...CONTACT, 'provide.bgfRetail', 'provide.oasisMarket'],
      birth_gift: CONTACT
    })
  })

  it('tells everything that 15② demands before an optional item is collected', () => {
    expect(consentsToAsk(policy, 'postpartum')[1]).toEqual({
      id: 'collect.email',
      noticeHash: '37956cac364ebe6ee87c13cd410b9cd74579269e809b1b2a0881ce400c19c0f2',
      kind: 'collection',
      policyId: '2024-01-25',
      notice: {
        purpose: '처리결과 통보',
        items: [{ id: 'application.applicant.email', name: '이메일', subject: 'applicant' }],
        retention: '만능키 서비스 지원신청 후 5년',
        recipient: null,
        refusal: {
          right: RIGHT,
          consequence: '동의하지 않아도 서비스 신청과 심사에 불이익이 없습니다. 이메일로 하는 안내만 받지 못합니다.'
        },
        emphasised: ['retention']
      }
    })
  })

  it('tells everything that 17② demands before data goes to a care company', () => {
    expect(consentsToAsk(policy, 'childcare_private')[2]).toEqual({
      id: 'provide.privateChildcareProvider',
      noticeHash: '49cf162134b75d10c5826a43da4d80275847fb323a48adb906adee33388fcecf',
      kind: 'provision',
      policyId: '2024-01-25',
      notice: {
        purpose: '아이돌봄 서비스지원',
        items: [
          { id: 'application.applicant.loginId', name: '아이디', subject: 'applicant' },
          { id: 'application.applicant.name', name: '이름', subject: 'applicant' },
          { id: 'application.applicant.birthDate', name: '생년월일', subject: 'applicant' },
          { id: 'application.applicant.sex', name: '성별', subject: 'applicant' },
          { id: 'application.applicant.phone', name: '휴대폰번호', subject: 'applicant' },
          { id: 'application.applicant.address', name: '주소', subject: 'applicant' },
          { id: 'application.child.name', name: '이름', subject: 'child' },
          { id: 'application.child.birthDate', name: '생년월일', subject: 'child' },
          { id: 'application.child.sex', name: '성별', subject: 'child' }
        ],
        retention: '협약 종료 까지',
        recipient: { id: 'privateChildcareProvider', name: '민간돌봄 서비스업체' },
        refusal: {
          right: RIGHT,
          consequence:
            '동의하지 않으면 이 업체의 돌봄을 연결해 드릴 수 없습니다. 다른 서비스의 신청과 심사에는 불이익이 없습니다.'
        },
        emphasised: ['recipient', 'purpose', 'retention']
      }
    })
  })

  it('asks about each coupon company by itself, for a name and a phone number kept six months', () => {
    const notices = consentsToAsk(policy, 'meal_coupon').slice(2)
    expect(
      notices.map(({ notice }) => [
        notice.recipient?.name,
        notice.purpose,
        notice.items.map(({ id }) => id),
        notice.retention
      ])
    ).toEqual([
      [
        'BGF리테일',
        '가정행복 도시락·밀키트 할인쿠폰 발행',
        ['application.applicant.name', 'application.applicant.phone'],
        '6개월'
      ],
      [
        '오아시스마켓',
        '가정행복 도시락·밀키트 할인쿠폰 발행',
        ['application.applicant.name', 'application.applicant.phone'],
        '6개월'
      ]
    ])
  })

  it('leaves no optional item of an application unasked at any service', () => {
    const optional = policyItems(policy).filter(({ file, rests }) => file.id === 'application' && rests === 'consent')
    const asked = SERVICE_CODES.map((service) =>
      consentsToAsk(policy, service)
        .filter(({ kind }) => kind === 'collection')
        .flatMap(({ notice }) => notice.items.map(({ id }) => id))
    )
    expect(asked).toEqual(SERVICE_CODES.map(() => optional.map(({ id }) => id)))
  })
})
