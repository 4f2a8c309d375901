import { useTranslation } from 'react-i18next'
import { districtByCode } from '#shared/domain/district/district.ts'
import { dongByCode, dongsOf } from '#shared/domain/district/dong.ts'
import type { Choice } from '../design-system/select.tsx'

interface Named {
  readonly name: string
  readonly englishName: string
}

/** Names of 자치구 and 행정동 in a language; a code that this program does not know is shown as it is. */
export function placeNames(language: string) {
  const nameOf = (place: Named | undefined, code: string): string =>
    (language === 'en' ? place?.englishName : place?.name) ?? code
  return {
    districtName: (code: string): string => nameOf(districtByCode(code), code),
    dongName: (code: string): string => nameOf(dongByCode(code), code),
    dongChoices: (districtCode: string): Choice<string>[] =>
      dongsOf(districtCode).map((dong) => ({ value: dong.code, label: nameOf(dong, dong.code) }))
  }
}

/** The names in the language of the screen. */
export function usePlaceNames(): ReturnType<typeof placeNames> {
  return placeNames(useTranslation().i18n.language)
}
