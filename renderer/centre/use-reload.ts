import { type RefObject, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../view-state/keymap.ts'

/** F5 asks the centre again. Gives what asks, always the newest. */
export function useReload({ reload }: { readonly reload: () => void }): RefObject<() => void> {
  const { t } = useTranslation('common')
  const newest = useRef(reload)
  newest.current = reload
  useKeys('here', [{ keys: 'F5', label: t('reload'), run: () => newest.current(), hint: true }])
  return newest
}
