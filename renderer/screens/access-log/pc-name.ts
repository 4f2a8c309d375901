import { useTranslation } from 'react-i18next'
import type { LogStand } from '#shared/ipc/access-log-views.ts'

/** How a PC is called; the centre's own log is called so. */
export function usePcName(): (pc: Pick<LogStand, 'name' | 'isCentre'> | undefined) => string {
  const { t } = useTranslation('accessLog')
  return (pc) => (pc?.isCentre ? t('centre') : (pc?.name ?? t('unknownPc')))
}
