import { createRequire } from 'node:module'
import { createEd25519, type SodiumSign } from '#shared/cipher/ed25519.ts'
import { createSealedBoxes, type SodiumBox } from '#shared/cipher/sealed-box.ts'

// The package's own loader goes through five packages to find this one file.
const binary = `sodium-native/prebuilds/${process.platform}-${process.arch}/sodium-native.node`
const sodium = createRequire(import.meta.url)(binary) as SodiumBox & SodiumSign

/** The centre's one door to libsodium. */
export const sealedBoxes = createSealedBoxes(sodium)
export const ed25519 = createEd25519(sodium)
