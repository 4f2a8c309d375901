import { useTranslation } from 'react-i18next'
import { CASE_FIELDS, type VersionedField } from '#shared/domain/case/case.ts'
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
  return {
    what: (entry: TimelineEntry): string =>
      entry.type === 'state'
        ? t('case:history.state', { state: t(`domain:caseState.${entry.state}`) })
        : t(`domain:act.${entry.act}`),
    detail: (entry: TimelineEntry): string =>
      entry.type === 'state' ? entry.reason : entry.field === null ? '' : fieldWords(entry.field)
  }
}
