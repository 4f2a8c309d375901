/** The 두벌식 keyboard, for text that was typed in the wrong mode. */

const CONSONANT_KEYS: Readonly<Record<string, string>> = {
  ...{ r: 'ㄱ', R: 'ㄲ', s: 'ㄴ', e: 'ㄷ', E: 'ㄸ', f: 'ㄹ', a: 'ㅁ', q: 'ㅂ', Q: 'ㅃ', t: 'ㅅ' },
  ...{ T: 'ㅆ', d: 'ㅇ', w: 'ㅈ', W: 'ㅉ', c: 'ㅊ', z: 'ㅋ', x: 'ㅌ', v: 'ㅍ', g: 'ㅎ' }
}
const VOWEL_KEYS: Readonly<Record<string, string>> = {
  ...{ k: 'ㅏ', o: 'ㅐ', i: 'ㅑ', O: 'ㅒ', j: 'ㅓ', p: 'ㅔ', u: 'ㅕ', P: 'ㅖ' },
  ...{ h: 'ㅗ', y: 'ㅛ', n: 'ㅜ', b: 'ㅠ', m: 'ㅡ', l: 'ㅣ' }
}

const INITIALS = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ']
const VOWELS = [
  'ㅏ',
  'ㅐ',
  'ㅑ',
  'ㅒ',
  'ㅓ',
  'ㅔ',
  'ㅕ',
  'ㅖ',
  'ㅗ',
  'ㅗㅏ',
  'ㅗㅐ',
  'ㅗㅣ',
  'ㅛ',
  'ㅜ',
  'ㅜㅓ',
  'ㅜㅔ',
  'ㅜㅣ',
  'ㅠ',
  'ㅡ',
  'ㅡㅣ',
  'ㅣ'
]
/** 종성 as the letters they are typed with; index 0 is none. */
export const FINALS = [
  ...['', 'ㄱ', 'ㄲ', 'ㄱㅅ', 'ㄴ', 'ㄴㅈ', 'ㄴㅎ', 'ㄷ', 'ㄹ', 'ㄹㄱ', 'ㄹㅁ', 'ㄹㅂ', 'ㄹㅅ', 'ㄹㅌ'],
  ...['ㄹㅍ', 'ㄹㅎ', 'ㅁ', 'ㅂ', 'ㅂㅅ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ']
]

/** The Hangul that these Latin keys give; null when some key is none or a vowel would stand alone, as no name has it. */
export function hangulOfKeys(keys: string): string | null {
  const letters = [...keys].map((key) => letterOf(key) ?? letterOf(key.toLowerCase()))
  let text = ''
  let at = 0
  while (at < letters.length) {
    const letter = letters[at]
    if (letter === undefined || isVowelLetter(letter)) return null
    const syllable = isVowelLetter(letters[at + 1]) ? readSyllable(letters, at) : { text: letter, end: at + 1 }
    text += syllable.text
    at = syllable.end
  }
  return text
}

const letterOf = (key: string): string | undefined => CONSONANT_KEYS[key] ?? VOWEL_KEYS[key]

const isVowelLetter = (letter: string | undefined): boolean => letter !== undefined && letter >= 'ㅏ'

/** A consonant with the vowels after it, and the consonants after these that no further vowel claims. */
function readSyllable(letters: readonly (string | undefined)[], from: number): { text: string; end: number } {
  const vowel = longest(VOWELS, letters.slice(from + 1, from + 3))
  let end = from + 1 + vowel.length
  const free = [letters[end], letters[end + 1]]
  if (isVowelLetter(letters[end + 1])) free.length = 0
  else if (isVowelLetter(letters[end + 2])) free.length = 1
  const final = longest(FINALS, free)
  end += final.length
  const index = (INITIALS.indexOf(letters[from] ?? '') * 21 + VOWELS.indexOf(vowel)) * 28 + FINALS.indexOf(final)
  return { text: String.fromCharCode(0xac00 + index), end }
}

/** The longest beginning of the letters that is in the table. */
function longest(table: readonly string[], letters: readonly (string | undefined)[]): string {
  const [first = '', second = ''] = letters
  if (second !== '' && table.includes(first + second)) return first + second
  return table.includes(first) ? first : ''
}
