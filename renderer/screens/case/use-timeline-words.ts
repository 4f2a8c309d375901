import { useTranslation } from 'react-i18next'
import { CASE_FIELDS, type VersionedField } from '#shared/domain/case/case.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import { type TimelineEntry, UNMASKABLE, type Unmaskable } from '#shared/ipc/views.ts'

const isVersionedField = (name: string): name is VersionedField =>
  name === 'state' || (CASE_FIELDS as readonly string[]).includes(name)

const isUnmaskable = (name: string): name is Unmaskable => (UNMASKABLE as readonly string[]).includes(name)

/** What was done, and to what, in words. */
export function useTimelineWords() {
  const { t } = useTranslation(['domain', 'case'])
  const fieldWords = (field: string): string => {
    if (isUnmaskable(field)) return t(`domain:unmaskable.${field}`)
    return field
      .split(/,\s*/)
      .map((name) => (isVersionedField(name) ? t(`domain:field.${name}`) : name))
      .join(', ')
  }
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
