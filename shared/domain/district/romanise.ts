/**
 * Korean place names in Latin letters by the Revised Romanisation (국어의 로마자 표기법, 문화체육관광부고시), with the sound
 * changes that it writes between syllables. Meant for names of 동 and 구; what is not a Hangul syllable stays.
 */

const INITIALS = 'g kk n d tt r m b pp s ss  j jj ch k t p h'.split(' ')
const VOWELS = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ')
/** Finals as they sound before a pause. */
const FINALS = ' k k k n n n t l k m l l l p l m p p t t ng t t k t p t'.split(' ')
/** Finals that pass on to a following vowel, in their voiced spelling. */
const CARRIED = ' g kk gs n nj n d r lg lm lb ls lt lp r m b bs s ss ng j ch k t p '.split(' ')

const FIRST_SYLLABLE = 0xac00
const LAST_SYLLABLE = 0xd7a3
const FINAL_COUNT = 28
const VOWEL_COUNT = 21

interface Syllable {
  readonly initial: string
  readonly vowel: string
  readonly final: number
}

function syllableOf(letter: string | undefined): Syllable | null {
  const code = letter?.codePointAt(0) ?? 0
  if (code < FIRST_SYLLABLE || code > LAST_SYLLABLE) return null
  const offset = code - FIRST_SYLLABLE
  return {
    initial: INITIALS[Math.floor(offset / (VOWEL_COUNT * FINAL_COUNT))] ?? '',
    vowel: VOWELS[Math.floor(offset / FINAL_COUNT) % VOWEL_COUNT] ?? '',
    final: offset % FINAL_COUNT
  }
}

const NASAL_OF: Readonly<Record<string, string>> = { k: 'ng', t: 'n', p: 'm' }

/** The final of a syllable and the initial of the next as they sound together. */
function joined(final: number, initial: string): readonly [final: string, initial: string] {
  const plain = FINALS[final] ?? ''
  if (plain === '') return ['', initial]
  if (initial === '') return [CARRIED[final] ?? plain, '']
  if (initial === 'r') {
    if (plain === 'l' || plain === 'n') return ['l', 'l']
    return [NASAL_OF[plain] ?? plain, 'n']
  }
  if (initial === 'n' && plain === 'l') return ['l', 'l']
  if (initial === 'n' || initial === 'm') return [NASAL_OF[plain] ?? plain, initial]
  return [plain, initial]
}

/** `신림` → `sillim`, lower case. */
export function romanise(text: string): string {
  const letters = [...text]
  let latin = ''
  let initial: string | null = null
  for (const [index, letter] of letters.entries()) {
    const here = syllableOf(letter)
    if (here === null) {
      latin += letter
      initial = null
      continue
    }
    const next = syllableOf(letters[index + 1])
    const [final, nextInitial]: readonly [string, string | null] =
      next === null ? [FINALS[here.final] ?? '', null] : joined(here.final, next.initial)
    latin += (initial ?? here.initial) + here.vowel + final
    initial = nextInitial
  }
  return latin
}
