import * as nodeCrypto from 'node:crypto'
import { type Cipher, createCipher } from '#shared/cipher/cipher.ts'

/** The desk's cipher: the one place of the store process where the platform's cryptography is wired in. */
export const nodeCipher: Cipher = createCipher(nodeCrypto)
