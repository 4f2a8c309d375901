import { Decoder } from './compact-decoder.ts'
import { Encoder } from './compact-encoder.ts'
import { WORDS_AT_MOST } from './compact-marks.ts'

/**
 * Any value of JSON in few bytes: the first one says what follows, and texts that are known already are named by a
 * number: words that never change, what is handed in, then what the value itself has brought. A case takes a third of its
 * JSON that way, and goes through no general compression.
 */
export interface CompactFormat {
  /** `known`: texts that whoever reads it will have too, in the same order. */
  encode(value: unknown, known: readonly string[]): Uint8Array
  /** Throws when the bytes are not such a value. */
  decode(bytes: Uint8Array, known: readonly string[]): unknown
}

/** The order of the words is part of the format. */
export function createCompactFormat(words: readonly string[]): CompactFormat {
  if (words.length > WORDS_AT_MOST) throw new Error('too many words')
  const numbers = new Map(words.map((word, number) => [word, number]))
  return {
    encode: (value, known) => {
      const encoder = new Encoder(numbers, known)
      encoder.value(value)
      return encoder.bytes()
    },
    decode: (bytes, known) => new Decoder({ bytes, words, known: [...known] }).whole()
  }
}
