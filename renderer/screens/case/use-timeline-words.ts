import { useTranslation } from 'react-i18next'
import type { VersionedField } from '#shared/domain/case/case.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { TimelineEntry } from '#shared/ipc/views.ts'
import { useLoggedField } from '../../case-display/logged-field.ts'

/** What was done, and to what, in words. */
export function useTimelineWords() {
  const { t } = useTranslation(['domain', 'case'])
  const fieldWords = useLoggedField()
  const fieldNames = (fields: readonly VersionedField[]): string =>
    fields.map((field) => t(`domain:field.${field}`)).join(', ')
  return {
    what: (entry: TimelineEntry): string => {
      switch (entry.type) {
        case 'state':
          return t('case:history.state', { state: t(`domain:caseState.${entry.state}`) })
        case 'edit':
          return entry.how === 'plain' ? t('domain:act.correct') : t(`case:history.${entry.how}`)
        case 'hold':
          return t(entry.how === 'placed' ? 'domain:act.hold' : 'domain:act.release_hold')
        case 'access':
          return t(`domain:act.${entry.act}`)
        default:
          return assertNever(entry)
      }
    },
    detail: (entry: TimelineEntry): string => {
      switch (entry.type) {
        case 'state':
          return entry.reason
        case 'edit':
          return [fieldNames(entry.fields), entry.reason].filter((text) => text !== '').join(' · ')
        case 'hold':
          return [t(`domain:holdKind.${entry.kind}`), entry.reason].join(' · ')
        case 'access':
          return entry.field === null ? '' : fieldWords(entry.field)
        default:
          return assertNever(entry)
      }
    }
  }
}
