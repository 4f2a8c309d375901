import { nodeCipher } from './node-crypto.ts'

/**
 * What a PC proves itself to the centre with, under one of its device ids (base64url, 32 bytes). It is made of the PC's
 * secret whenever it is needed and lies nowhere: who copies the files has it not, and a lost OS vault loses it too.
 */
export const deviceCredential = (deviceSecret: Uint8Array, deviceId: string): string =>
  Buffer.from(nodeCipher.deriveKey([deviceSecret], `mnk device credential 1 ${deviceId}`)).toString('base64url')
