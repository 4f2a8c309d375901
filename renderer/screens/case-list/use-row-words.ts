import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseState } from '#shared/domain/case/case-state-list.ts'
import type { ServiceCode } from '#shared/domain/case/service-list.ts'
import type { SearchHit } from '#shared/ipc/views.ts'
import { dueDistance } from '../../case-display/due-left.tsx'
import { placeNames } from '../../case-display/place-names.ts'

/** The words that every row needs, looked up once for the table: fifty rows are drawn anew at each keystroke. */
export interface RowWords {
  readonly service: (code: ServiceCode) => string
  readonly state: (state: CaseState) => string
  readonly dong: (code: string) => string
  readonly due: (dueOn: string) => string
  readonly found: (field: Exclude<SearchHit['matched'], 'applicantName' | 'applicationNo'>) => string
  readonly waiting: string
}

export function useRowWords(today: string): RowWords {
  const { t, i18n } = useTranslation(['caseList', 'domain', 'common'])
  const { language } = i18n
  return useMemo(() => {
    const { dongName } = placeNames(language)
    return {
      service: (code) => t(`domain:service.${code}`),
      state: (state) => t(`domain:caseState.${state}`),
      dong: dongName,
      due: (dueOn) => {
        const { key, n } = dueDistance(dueOn, today)
        return t(`common:${key}`, { n })
      },
      found: (field) => t(`caseList:found.${field}`),
      waiting: t('caseList:waiting')
    }
  }, [t, language, today])
}
