/** Korean telephone numbers. Stored as digits alone, shown with hyphens. */

const AREA = '0(?:3[1-3]|4[1-4]|5[1-5]|6[1-4])'
const SHAPES: ReadonlyArray<{ readonly shape: RegExp; readonly mobile: boolean }> = [
  { shape: /^(010)(\d{4})(\d{4})$/, mobile: true },
  { shape: /^(01[16789])(\d{3,4})(\d{4})$/, mobile: true },
  { shape: /^(02)(\d{3,4})(\d{4})$/, mobile: false },
  { shape: new RegExp(`^(${AREA})(\\d{3,4})(\\d{4})$`), mobile: false },
  { shape: /^(070)(\d{4})(\d{4})$/, mobile: false },
  { shape: /^(080)(\d{3,4})(\d{4})$/, mobile: false },
  { shape: /^(050\d)(\d{3,4})(\d{4})$/, mobile: false },
  { shape: /^(1[5-8]\d{2})(\d{4})$/, mobile: false }
]

/** The digits of a number as typed; `+82 10…` becomes `010…`. What is no digit, hyphen, dot, blank or bracket stays. */
export function normalisePhone(typed: string): string {
  const bare = typed.normalize('NFKC').replace(/[\s().\-‐-―]/g, '')
  return bare.replace(/^\+82\(?0?\)?/, '0')
}

/** Whether the digits can be a Korean number. */
export const isPhone = (digits: string): boolean => SHAPES.some(({ shape }) => shape.test(digits))

export const isMobilePhone = (digits: string): boolean =>
  SHAPES.some(({ shape, mobile }) => mobile && shape.test(digits))

/** `010-1234-5678`; digits of no known shape come back as they are. */
export function formatPhone(digits: string): string {
  const parts = phoneParts(digits)
  return parts === null ? digits : parts.join('-')
}

/** The groups between the hyphens, or null when the shape is not known. */
export function phoneParts(digits: string): string[] | null {
  for (const { shape } of SHAPES) {
    const found = shape.exec(digits)
    if (found !== null) return found.slice(1)
  }
  return null
}
