/**
 * Chooses the Korean particle that fits the word before it: `지급(으)로` → `지급으로`, `종결대기을(를)` → `종결대기를`. Texts write both
 * forms where a value is filled in; a closing quotation mark may stand between.
 */
export const withParticles = (text: string): string => text.replace(PARTICLE, choose)

const PARTICLE = /([가-힣])([’”'"]?)(\(으\)로|을\(를\)|은\(는\)|이\(가\)|과\(와\))/g

/** After a final consonant, and after none. */
const FORMS: Readonly<Record<string, readonly [string, string]>> = {
  '(으)로': ['으로', '로'],
  '을(를)': ['을', '를'],
  '은(는)': ['은', '는'],
  '이(가)': ['이', '가'],
  '과(와)': ['과', '와']
}

const FIRST_SYLLABLE = 0xac00
const FINALS = 28
const FINAL_RIEUL = 8

function choose(whole: string, before: string, quote: string, particle: string): string {
  const forms = FORMS[particle]
  if (!forms) return whole
  const final = (before.charCodeAt(0) - FIRST_SYLLABLE) % FINALS
  const closes = particle === '(으)로' && final === FINAL_RIEUL ? false : final !== 0
  return before + quote + forms[closes ? 0 : 1]
}
