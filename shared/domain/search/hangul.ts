import { FINALS } from './keyboard.ts'

/**
 * Hangul by code-point arithmetic: a syllable is 초성 (19) × 중성 (21) × 종성 (28, 0 = none). Everything works on UTF-16
 * code units, because the index asks it a hundred times a case.
 */

const FIRST_SYLLABLE = 0xac00
const LAST_SYLLABLE = 0xd7a3
const FINAL_COUNT = 28
const VOWEL_COUNT = 21
const FIRST_CONSONANT = 0x3131
const LAST_CONSONANT = 0x314e
const LAST_VOWEL = 0x3163

export const isSyllable = (unit: number): boolean => unit >= FIRST_SYLLABLE && unit <= LAST_SYLLABLE

/** A consonant that stands alone, as typed in a 초성 search: ㄱ to ㅎ, doubles and clusters included. */
export const isConsonant = (unit: number): boolean => unit >= FIRST_CONSONANT && unit <= LAST_CONSONANT

/** A vowel that stands alone: no name has one, so it tells that the keyboard was in the wrong mode. */
export const isVowel = (unit: number): boolean => unit > LAST_CONSONANT && unit <= LAST_VOWEL

/** ㄱ for ㄲ and so on: a 초성 search does not ask for the shift key. */
const PLAIN_INITIALS = [...'ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ'].map((letter) => letter.charCodeAt(0))

/** The plain 초성 of a syllable, as a compatibility consonant. */
export const initialOf = (syllable: number): number =>
  PLAIN_INITIALS[Math.floor((syllable - FIRST_SYLLABLE) / (VOWEL_COUNT * FINAL_COUNT))] ?? 0

export const finalOf = (syllable: number): number => (syllable - FIRST_SYLLABLE) % FINAL_COUNT

const vowelOf = (syllable: number): number => Math.floor((syllable - FIRST_SYLLABLE) / FINAL_COUNT) % VOWEL_COUNT

/** The syllable without its 종성: 김 → 기. */
export const openOf = (syllable: number): number => syllable - finalOf(syllable)

const SPLIT_CONSONANTS: Readonly<Record<string, string>> = {
  ㄲ: 'ㄱ',
  ㄸ: 'ㄷ',
  ㅃ: 'ㅂ',
  ㅆ: 'ㅅ',
  ㅉ: 'ㅈ',
  ㄳ: 'ㄱㅅ',
  ㄵ: 'ㄴㅈ',
  ㄶ: 'ㄴㅎ',
  ㄺ: 'ㄹㄱ',
  ㄻ: 'ㄹㅁ',
  ㄼ: 'ㄹㅂ',
  ㄽ: 'ㄹㅅ',
  ㄾ: 'ㄹㅌ',
  ㄿ: 'ㄹㅍ',
  ㅀ: 'ㄹㅎ',
  ㅄ: 'ㅂㅅ'
}

/** The plain consonants of a typed one: the input method joins ㄱ and ㅅ to ㄳ, and ㄲ counts as ㄱ. */
export function plainConsonants(unit: number): number[] {
  const letter = String.fromCharCode(unit)
  return [...(SPLIT_CONSONANTS[letter] ?? letter)].map((part) => part.charCodeAt(0))
}

/** The last 종성 that this one can still become with the next key: ㄱ → ㄳ, ㄹ → ㅀ. None becomes any. */
const GROWN_FINALS: Readonly<Record<number, number>> = { 0: 27, 1: 3, 4: 6, 8: 15, 17: 18 }

/** The last vowel that this one can still become: ㅗ → ㅚ, ㅜ → ㅟ, ㅡ → ㅢ. */
const GROWN_VOWELS: Readonly<Record<number, number>> = { 8: 11, 13: 16, 18: 19 }

/** A run of syllables that differ in their 종성 alone: those of `open` with a 종성 from `low` to `high`. */
export interface SyllableRun {
  readonly open: number
  readonly low: number
  readonly high: number
}

export const exactly = (syllable: number): SyllableRun => {
  const final = finalOf(syllable)
  return { open: syllable - final, low: final, high: final }
}

/** Every syllable that the half-typed one can still become in the same place: 기 → 김, 고 → 광, 갑 → 값. */
export function grownSyllables(syllable: number): SyllableRun[] {
  const final = finalOf(syllable)
  const open = syllable - final
  if (final > 0) return [{ open, low: final, high: GROWN_FINALS[final] ?? final }]
  const vowel = vowelOf(syllable)
  const last = GROWN_VOWELS[vowel] ?? vowel
  return Array.from({ length: last - vowel + 1 }, (_, step) => ({ open: open + step * FINAL_COUNT, low: 0, high: 27 }))
}

/**
 * What the half-typed syllable is when its last consonant belongs to the next one: typing 가나 passes 간, typing 갑수
 * passes 값. The 초성 comes as the plain consonant.
 */
export function splitFinal(syllable: number): { readonly syllable: number; readonly initial: number } | null {
  const letters = FINALS[finalOf(syllable)] ?? ''
  const moved = letters.at(-1)
  if (moved === undefined) return null
  const kept = FINALS.indexOf(letters.slice(0, -1))
  return { syllable: openOf(syllable) + kept, initial: plainConsonants(moved.charCodeAt(0))[0] ?? 0 }
}
