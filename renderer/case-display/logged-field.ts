import { useTranslation } from 'react-i18next'
import { CASE_FIELDS, type VersionedField } from '#shared/domain/case/case.ts'
import { UNMASKABLE, type Unmaskable } from '#shared/ipc/views.ts'

const isVersionedField = (name: string): name is VersionedField =>
  name === 'state' || (CASE_FIELDS as readonly string[]).includes(name)

const isUnmaskable = (name: string): name is Unmaskable => (UNMASKABLE as readonly string[]).includes(name)

/** Fields as a line of the access log names them, in words; a name that this program does not know stays as it is. */
export function useLoggedField(): (fields: string) => string {
  const { t } = useTranslation('domain')
  return (fields) =>
    isUnmaskable(fields)
      ? t(`unmaskable.${fields}`)
      : fields
          .split(/,\s*/)
          .map((name) => (isVersionedField(name) ? t(`field.${name}`) : name))
          .join(', ')
}
