import type { Address } from '#shared/domain/case/case.ts'

/**
 * The parts of a whole 도로명주소 as people copy it from elsewhere, `(06236) 서울특별시 강남구 테헤란로 152, 3동 1204호 (역삼동)`; null
 * when the text is not one.
 */
export function parseWholeAddress(typed: string): Address | null {
  const text = typed.normalize('NFKC').replace(/\s+/g, ' ').trim()
  const [, postcode = '', rest = ''] = /^(?:[([]?(\d{5})[)\]]?,?\s)?(.+)$/.exec(text) ?? []
  const [, head = '', extra = ''] = /^(.*?)(?:\s?\(([^()]*)\))?$/.exec(rest) ?? []
  const [, road, building, detail = ''] =
    /^(\S*(?:시|도)\s.*?(?:로|길)(?:\s?\d+(?:가|번)?길)?)\s(?:지하\s?)?(\d+(?:-\d+)?)(?:\s?,\s?|\s)?(.*)$/.exec(head) ??
    []
  if (road === undefined || building === undefined) return null
  return { postcode, road, building, detail: detail.trim(), extra: extra.trim() }
}
