import caseScreen from '#resources/locales/ko/case.json'
import caseList from '#resources/locales/ko/case-list.json'
import common from '#resources/locales/ko/common.json'
import domain from '#resources/locales/ko/domain.json'
import shell from '#resources/locales/ko/shell.json'
import today from '#resources/locales/ko/today.json'

/** Every text on screen, by area. Korean is the reference: the other languages have the same keys. */
export const ko = { common, domain, shell, caseList, case: caseScreen, today }

/** What a language has to bring. */
export type Texts = typeof ko
