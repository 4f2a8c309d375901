import type { ServiceCode } from '#shared/domain/case/service.ts'

/** What a caseworker types for the invented people of the story. None of them exists; the road names do. */
export interface TypedApplication {
  readonly service: ServiceCode
  readonly dongCode: string
  readonly applicant: {
    readonly name: string
    readonly registrationNo: string
    readonly phone: string
    readonly postcode: string
    readonly road: string
    readonly building: string
    readonly detail: string
  }
  readonly child?: { readonly name: string; readonly registrationNo: string }
  readonly helper?: {
    readonly name: string
    readonly registrationNo: string
    readonly phone: string
    readonly relation: 'grandparent'
  }
  readonly account?: { readonly bank: string; readonly number: string }
}

const YEOKSAM_1 = '1168064000'

/** A child born after October 2020: the last digits of its number are random and have no check digit. */
export const WITH_YOUNG_CHILD: TypedApplication = {
  service: 'postpartum',
  dongCode: YEOKSAM_1,
  applicant: {
    name: '남궁하람',
    registrationNo: '9205182345671',
    phone: '01048291735',
    postcode: '06236',
    road: '서울특별시 강남구 테헤란로',
    building: '152',
    detail: '1904호'
  },
  child: { name: '이새벽', registrationNo: '2606094823157' },
  account: { bank: '국민', number: '48290104172935' }
}

/** A foreign resident with a 외국인등록번호 and a Latin name. */
export const OF_FOREIGN_RESIDENT: TypedApplication = {
  service: 'pregnancy_transport',
  dongCode: YEOKSAM_1,
  applicant: {
    name: 'NGUYEN THI LAN ANH',
    registrationNo: '9311026789412',
    phone: '01073516284',
    postcode: '06236',
    road: '서울특별시 강남구 테헤란로',
    building: '201',
    detail: '502호'
  }
}

/** A grandmother looks after the child. */
export const WITH_HELPER: TypedApplication = {
  service: 'childcare_kin',
  dongCode: YEOKSAM_1,
  applicant: {
    name: '선우빛나',
    registrationNo: '8907232764185',
    phone: '01062847193',
    postcode: '06236',
    road: '서울특별시 강남구 테헤란로',
    building: '87',
    detail: '1107호'
  },
  child: { name: '정온유', registrationNo: '2406154917362' },
  helper: { name: '선우옥자', registrationNo: '5803142719465', phone: '01029384756', relation: 'grandparent' }
}

export const APPLICATIONS = [WITH_YOUNG_CHILD, OF_FOREIGN_RESIDENT, WITH_HELPER] as const

export const CORRECTED_PHONE = '01084726193'

/** Everything of the story that no file may hold in clear. */
export const SECRETS_OF_THE_STORY: readonly string[] = [
  CORRECTED_PHONE,
  ...APPLICATIONS.flatMap(({ applicant, child, helper, account }) => [
    applicant.name,
    applicant.registrationNo,
    applicant.phone,
    ...(child ? [child.name, child.registrationNo] : []),
    ...(helper ? [helper.name, helper.registrationNo, helper.phone] : []),
    ...(account ? [account.number] : [])
  ])
]
