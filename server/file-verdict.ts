import { assertNever } from '#shared/foundation/assert-never.ts'
import { officialTime } from '#shared/papers/official-text.ts'
import { findTrailer, TAIL_BYTES } from '#shared/signed-file/layout.ts'
import { type GivenKey, keyNamedBy, listedFault } from '#shared/signed-file/public-keys.ts'
import { checkTrailer, type SignedFileFault } from '#shared/signed-file/signed-file.ts'
import { hexOf, type SignedKind, type Statement } from '#shared/signed-file/statement.ts'
import { nodeCipher } from './keys/node-crypto.ts'
import { ed25519 } from './keys/sodium.ts'

/** What a signed file is worth, in Korean and in English for the person at the terminal. */

type Fault = SignedFileFault['type'] | 'Unsigned' | NonNullable<ReturnType<typeof listedFault>>

export interface Verdict {
  readonly isWhole: boolean
  readonly lines: readonly string[]
}

export function verdictOn(file: Uint8Array, keys: readonly GivenKey[]): Verdict {
  const found = findTrailer(file.subarray(-TAIL_BYTES))
  if (found === null) return refused('Unsigned')
  const claimed = claims(found.trailer)
  const key = keyNamedBy(nodeCipher, keys, found.trailer.key)
  if (key === undefined) return refused('OtherKey', claimed)
  const sha256 = hexOf(nodeCipher.sha256(file.subarray(0, file.length - found.length)))
  const { publicKey, listed } = key
  const checked = checkTrailer({ ...nodeCipher, verify: ed25519.verify }, { found, sha256, publicKey })
  if (!checked.ok) return refused(checked.error.type, claimed)
  const fault = listed === null ? null : listedFault(listed, checked.value)
  if (fault !== null) return refused(fault, claimed)
  const whose = listed === null ? [] : [`  열쇠 주인 (key of): ${listed.name}, ${listed.device}`]
  return {
    isWhole: true,
    lines: [
      ...claimed,
      ...whose,
      '확인됨: 이 열쇠로 서명한 뒤 한 글자도 바뀌지 않았습니다.',
      'WHOLE: signed with this key, and not one byte was changed since.'
    ]
  }
}

export const NOT_OPENED: Verdict = {
  isWhole: false,
  lines: [
    '확인되지 않음: 파일 비밀번호가 맞지 않거나 없습니다.',
    'NOT WHOLE: the password of the file is missing or wrong.'
  ]
}

const KIND_WORDS: Readonly<Record<SignedKind, string>> = {
  destruction_request: '파기 요청서 (request for destruction)',
  destruction_register: '파기 관리대장 (register of destructions)',
  destruction_certificate: '파기 확인서 (certificate of destruction)',
  audit_report: '점검 보고서 (audit report)'
}

const claims = ({ kind, number, signedAt, signer, key }: Statement): string[] => [
  `${KIND_WORDS[kind]} ${number}`,
  `  서명한 때 (signed at): ${officialTime(signedAt)}`,
  `  서명한 계정 (account): ${signer}`,
  `  열쇠 지문 (key): ${key.match(/.{8}/g)?.join(' ')}`
]

function refused(fault: Fault, claimed: readonly string[] = []): Verdict {
  const { korean, english } = faultWords(fault)
  return { isWhole: false, lines: [...claimed, `확인되지 않음: ${korean}`, `NOT WHOLE: ${english}`] }
}

function faultWords(fault: Fault): { readonly korean: string; readonly english: string } {
  switch (fault) {
    case 'Unsigned':
      return {
        korean: '이 파일의 끝에 전자서명이 없거나, 서명 뒤에 무엇이 덧붙었습니다.',
        english: 'there is no signature at its end, or something stands after it.'
      }
    case 'OtherKey':
      return {
        korean: '주어진 열쇠로 서명한 파일이 아닙니다.',
        english: 'it is signed with another key than the given one.'
      }
    case 'SignatureWrong':
      return {
        korean: '서명이 이 열쇠의 것이 아닙니다. 서명에 적힌 내용이 바뀌었습니다.',
        english: 'the signature is not of this key: what it says was changed.'
      }
    case 'FileAltered':
      return {
        korean: '서명한 뒤에 파일 내용이 바뀌었습니다.',
        english: 'the file was changed after it was signed.'
      }
    case 'SignerWrong':
      return {
        korean: '서명에 적힌 사람의 열쇠가 아닙니다.',
        english: 'the key is not of the person that the signature names.'
      }
    case 'KeyNotInForce':
      return {
        korean: '서명한 때에 쓸 수 있는 열쇠가 아니었습니다.',
        english: 'the key was not in force when it signed.'
      }
    default:
      return assertNever(fault)
  }
}
