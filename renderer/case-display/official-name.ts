import { useTranslation } from 'react-i18next'
import { useAccount, useDesk } from '../view-state/desk.ts'

/** The name of an account of the district; of one that this PC has not heard of yet, that it is another official. */
export function useOfficialName(): (accountId: string) => string {
  const { t } = useTranslation('common')
  const me = useAccount()
  const staff = useDesk((desk) => desk.staff)
  return (accountId) => staff[accountId] ?? (me?.id === accountId ? me.displayName : t('unknownAccount'))
}
