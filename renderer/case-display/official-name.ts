import { useTranslation } from 'react-i18next'
import { useAccount } from '../view-state/desk.ts'

/** The name of an account: this PC knows only who is signed in. */
export function useOfficialName(): (accountId: string) => string {
  const { t } = useTranslation('common')
  const me = useAccount()
  return (accountId) => (me && me.id === accountId ? me.displayName : t('unknownAccount'))
}
