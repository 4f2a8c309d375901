import { useTranslation } from 'react-i18next'
import { changesCases, type Role } from '#shared/domain/account/account.ts'
import type { GrantTerms } from '#shared/ipc/office-views.ts'
import { formatDay } from '../../i18n/format.ts'

/** What a grant says, line by line: the period, what may be corrected, what may be shown. */
export function useTermsText(): (terms: GrantTerms, role: Role) => ReadonlyArray<{ what: string; text: string }> {
  const { t } = useTranslation(['office', 'domain'])
  const listed = (names: readonly string[] | null, all: string): string =>
    names === null ? all : names.length === 0 ? t('office:grants.none') : names.join(', ')
  return ({ startsOn, endsOn, edits, reveals }, role) => [
    {
      what: t('office:grants.period'),
      text: `${formatDay(startsOn)} ~ ${endsOn === null ? t('office:grants.openEnd') : formatDay(endsOn)}`
    },
    ...(changesCases(role)
      ? [
          {
            what: t('office:grants.edits'),
            text: listed(edits?.map((field) => t(`domain:field.${field}`)) ?? null, t('office:grants.allEdits'))
          }
        ]
      : []),
    ...(role === 'administrator'
      ? []
      : [
          {
            what: t('office:grants.reveals'),
            text: listed(
              reveals?.map((value) => t(`domain:unmaskable.${value}`)) ?? null,
              t('office:grants.allReveals')
            )
          }
        ])
  ]
}
