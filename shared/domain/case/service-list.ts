/** The services of the programme that a citizen can apply for. Terms and amounts are rule rows, not constants. */
export const SERVICE_CODES = [
  'childcare_kin', // 서울형 아이돌봄비(친인척)
  'childcare_private', // 서울형 아이돌봄비(민간)
  'postpartum', // 산후조리경비
  'pregnancy_transport', // 임산부 교통비
  'housework', // 서울형 가사서비스
  'taxi', // 엄마아빠택시
  'housing', // 자녀출산 무주택 주거비
  'self_employed_birth', // 1인 자영업자 출산급여
  'meal_coupon', // 도시락·밀키트 쿠폰
  'birth_gift' // 출생축하용품
] as const

export type ServiceCode = (typeof SERVICE_CODES)[number]
