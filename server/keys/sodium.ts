import { createRequire } from 'node:module'
import { createSealedBoxes, type SodiumBox } from '#shared/cipher/sealed-box.ts'

// The package's own loader goes through five packages to find this one file.
const binary = `sodium-native/prebuilds/${process.platform}-${process.arch}/sodium-native.node`

/** The centre's one door to libsodium. */
export const sealedBoxes = createSealedBoxes(createRequire(import.meta.url)(binary) as SodiumBox)
