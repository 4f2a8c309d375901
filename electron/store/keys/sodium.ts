import { createRequire } from 'node:module'
import { createEd25519, type SodiumSign } from '#shared/cipher/ed25519.ts'
import { createSealedBoxes, type SodiumBox } from '#shared/cipher/sealed-box.ts'

/** What the desk calls of libsodium for passwords: each view is passed as its buffer, offset and length. */
interface SodiumPasswords {
  readonly crypto_pwhash_SALTBYTES: number
  readonly crypto_pwhash_ALG_ARGON2ID13: number
  crypto_pwhash_async(
    ...args: [...out: View, ...password: View, ...salt: View, ...cost: [number, number, number], done: Done]
  ): void
}
export type View = [buffer: ArrayBuffer, offset: number, length: number]
type Done = (status: number) => void

// The package's own loader goes through five packages and takes 15 to 25 ms of each start to find this one file.
const binary = `sodium-native/prebuilds/${process.platform}-${process.arch}/sodium-native.node`

/** The store process' one door to libsodium's binary. */
export const sodium = createRequire(import.meta.url)(binary) as SodiumPasswords & SodiumBox & SodiumSign

export const sealedBoxes = createSealedBoxes(sodium)
export const ed25519 = createEd25519(sodium)
