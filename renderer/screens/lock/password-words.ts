import { useTranslation } from 'react-i18next'

/** What the password field says of itself and of the keyboard. */
export function usePasswordWords() {
  const { t } = useTranslation('lock')
  return {
    show: t('password.show'),
    hide: t('password.hide'),
    capsLock: t('password.capsLock'),
    hangul: t('password.hangul')
  }
}
