/** What the first byte of a compact value says. These numbers lie in stores: none is ever given another meaning. */
export const AS = {
  null: 0x00,
  true: 0x01,
  false: 0x02,
  /** 7 bits a byte, the lowest first. */
  count: 0x03,
  /** The same for -1 and less: how far below -1. */
  below: 0x04,
  /** JSON in UTF-8 behind its length: numbers that have no shorter form. */
  json: 0x05,
  list: 0x06,
  object: 0x07,
  /** Behind the length in bytes. */
  utf8: 0x08,
  /** Behind the number of units: two bytes each, where that is shorter (한글), or the text is no proper Unicode. */
  utf16: 0x09,
  /** Days since 1900, two bytes. */
  day: 0x0a,
  uuid: 0x0b,
  /** A large number as its distance from the one before: four bytes upwards, or a sign and 7 bits a byte. */
  later: 0x0c,
  apart: 0x0d,
  /** A text that is known. */
  known: 0x0e,
  /** A known text, then the one that follows it from its `@` on. */
  address: 0x0f,
  /** Digits, 1 to 15 of them: 0x11 to 0x1f. */
  digits: 0x10,
  smallCount: 0x20,
  shortList: 0x30,
  nearKnown: 0x40,
  word: 0x80
} as const

/** How many values have a mark of their own: counts and lists, known texts, words. */
export const SMALL = 16
export const NEAR = 64
export const WORDS_AT_MOST = 128

/** Whole numbers from here on are instants in milliseconds: near each other in a case. */
export const LARGE = 2 ** 36

export const LONGEST_DIGITS = 15
/** Bytes that so many digits take. */
export const DIGIT_BYTES = Array.from({ length: LONGEST_DIGITS + 1 }, (_, digits) =>
  Math.ceil((digits * Math.log2(10)) / 8)
)

/** Days from 1900 to 1970, and how many days two bytes hold. */
export const DAY_ZERO = -25_567
export const MOST_DAYS = 2 ** 16

export const UUID_BYTES = 16
