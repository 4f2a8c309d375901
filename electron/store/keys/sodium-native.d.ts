/** The one function of sodium-native that the desk calls; the package brings no types. */
declare module 'sodium-native' {
  const sodium: {
    readonly crypto_pwhash_ALG_ARGON2ID13: number
    /** Fills `out` on a thread of the pool; the salt has 16 bytes, memory is in bytes. Rejects when it cannot have it. */
    crypto_pwhash_async(
      out: Uint8Array,
      password: Uint8Array,
      salt: Uint8Array,
      passes: number,
      memoryBytes: number,
      algorithm: number
    ): Promise<void>
  }

  export = sodium
}
