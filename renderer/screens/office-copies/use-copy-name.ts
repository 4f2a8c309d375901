import { useTranslation } from 'react-i18next'
import type { OpenCopy } from '#shared/ipc/office-views.ts'

/** The PC, the file or the recipient, by its name or number where there are several. */
export function useCopyName(): (copy: OpenCopy) => string {
  const { t } = useTranslation('destruction')
  return ({ place, name }) => (name === null ? t(`copies.place.${place}`) : `${t(`copies.place.${place}`)} ${name}`)
}
