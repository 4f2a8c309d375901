import type { Cipher } from '#shared/cipher/cipher.ts'
import type { Receipt } from '#shared/sync-protocol/receipt.ts'

/** What a PC had received and been answered when its last pull came to its end. */
export interface ReceiptClaim {
  readonly generation: number
  readonly cursor: number
  readonly deviceSeq: number
  readonly districtCode: string
  readonly deviceId: string
}

export interface ReceiptDeps {
  readonly cipher: Cipher
  readonly centreId: string
  readonly keyRing: { readonly receiptKey: Uint8Array }
}

export function signReceipt(deps: ReceiptDeps, claim: ReceiptClaim): Receipt {
  const text = claimText(claim)
  return `${text}.${macOf(deps, text)}`
}

const RECEIPT = /^(\d{1,16})\.(\d{1,16})\.(\d{1,16})\.(11\d{3})\.([0-9a-f-]{36})\.[0-9a-f]{64}$/

/** null: the centre never gave it. */
export function readReceipt(deps: ReceiptDeps, receipt: string): ReceiptClaim | null {
  const [, generation, cursor, deviceSeq, districtCode, deviceId] = RECEIPT.exec(receipt) ?? []
  if (districtCode === undefined || deviceId === undefined) return null
  const claim = {
    generation: Number(generation),
    cursor: Number(cursor),
    deviceSeq: Number(deviceSeq),
    districtCode,
    deviceId
  }
  const signed = signReceipt(deps, claim)
  return deps.cipher.equal(new TextEncoder().encode(signed), new TextEncoder().encode(receipt)) ? claim : null
}

const claimText = ({ generation, cursor, deviceSeq, districtCode, deviceId }: ReceiptClaim): string =>
  [generation, cursor, deviceSeq, districtCode, deviceId].join('.')

const macOf = ({ cipher, centreId, keyRing }: ReceiptDeps, text: string): string =>
  Buffer.from(cipher.hmac(keyRing.receiptKey, `receipt:${centreId}:${text}`)).toString('hex')
