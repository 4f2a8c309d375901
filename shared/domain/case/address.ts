import type { Address } from './case.ts'

/** `(06232) 서울특별시 강남구 테헤란로 152, 3동 1204호 (역삼동)`, as 도로명주소법 writes it; empty parts are left out. */
export function formatAddress({ postcode, road, building, detail, extra }: Address): string {
  const place = building === '' ? road : `${road} ${building}`
  const whole = detail === '' ? place : `${place}, ${detail}`
  return `(${postcode}) ${whole}${extra === '' ? '' : ` (${extra})`}`
}
