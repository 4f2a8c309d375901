import { useTranslation } from 'react-i18next'
import type { SessionView } from '#shared/ipc/views.ts'
import { BrandMark } from '../../design-system/icons.tsx'

/** What stands before the desk: first run, lock, a broken store. */
export function Gate({ session }: { session: Exclude<SessionView, { state: 'unlocked' }> }) {
  const { t } = useTranslation('common')
  return (
    <main data-session={session.state}>
      <BrandMark size={40} />
      <h1>{t('productName')}</h1>
    </main>
  )
}
