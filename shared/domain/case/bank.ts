/** Banks by the code that the payment list carries (금융결제원 은행코드). Names are official and the same in every locale. */
export const BANKS = [
  { code: '002', name: '한국산업은행' },
  { code: '003', name: 'IBK기업은행' },
  { code: '004', name: 'KB국민은행' },
  { code: '007', name: '수협은행' },
  { code: '011', name: 'NH농협은행' },
  { code: '012', name: '지역농·축협' },
  { code: '020', name: '우리은행' },
  { code: '023', name: 'SC제일은행' },
  { code: '027', name: '한국씨티은행' },
  { code: '031', name: 'iM뱅크' },
  { code: '032', name: '부산은행' },
  { code: '034', name: '광주은행' },
  { code: '035', name: '제주은행' },
  { code: '037', name: '전북은행' },
  { code: '039', name: '경남은행' },
  { code: '045', name: '새마을금고' },
  { code: '048', name: '신협' },
  { code: '050', name: '저축은행' },
  { code: '064', name: '산림조합' },
  { code: '071', name: '우체국' },
  { code: '081', name: '하나은행' },
  { code: '088', name: '신한은행' },
  { code: '089', name: '케이뱅크' },
  { code: '090', name: '카카오뱅크' },
  { code: '092', name: '토스뱅크' }
] as const

const NAME_BY_CODE: ReadonlyMap<string, string> = new Map(BANKS.map(({ code, name }) => [code, name]))

export const isBankCode = (code: string): boolean => NAME_BY_CODE.has(code)

/** The bank's name, or its code when this program does not know it. */
export const bankName = (code: string): string => NAME_BY_CODE.get(code) ?? code

/** An account number's digits. Banks cut theirs in groups of many shapes, so none is asked for; letters stay. */
export const normaliseAccountNumber = (typed: string): string => typed.normalize('NFKC').replace(/[\s\-‐-―]/g, '')

/** 10 to 16 digits that are not one digit over and over. */
export const isAccountNumber = (digits: string): boolean => /^\d{10,16}$/.test(digits) && !/^(\d)\1*$/.test(digits)
