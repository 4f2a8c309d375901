import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { store } from '../api/store.ts'
import { SEARCH_BOX_ID } from '../view-state/key-match.ts'
import { type KeyBinding, useKeys } from '../view-state/keymap.ts'
import { lockDesk } from '../view-state/lock.ts'
import { goBack, goTo } from '../view-state/navigation.ts'
import { NAV_ENTRIES } from './screens.ts'

const focusSearch = (): void => {
  const box = document.getElementById(SEARCH_BOX_ID)
  if (box instanceof HTMLInputElement) {
    box.focus()
    box.select()
  }
}

/** The keys that work on every screen. */
export function useShellKeys(): { helpOpen: boolean; closeHelp: () => void } {
  const { t } = useTranslation('shell')
  const [helpOpen, setHelpOpen] = useState(false)
  const ways = NAV_ENTRIES.map(
    ({ place }, index): KeyBinding => ({
      keys: `Alt+${index + 1}`,
      label: t('keys.go', { screen: t(`screen.${place.screen}`) }),
      run: () => goTo(place)
    })
  )
  const intake = NAV_ENTRIES.find(({ place }) => place.screen === 'intake')
  useKeys('everywhere', [
    { keys: 'F1', label: t('keys.help'), run: () => setHelpOpen(true), hint: true },
    { keys: 'Ctrl+K', label: t('keys.search'), run: focusSearch },
    { keys: '/', label: t('keys.search'), run: focusSearch, hint: true },
    ...(intake ? [{ keys: 'F2', label: t('keys.intake'), run: () => goTo(intake.place) }] : []),
    ...ways,
    { keys: 'Alt+ArrowLeft', label: t('keys.back'), run: goBack },
    { keys: 'F5', label: t('sync.now'), run: () => void store.ask('sync.now', {}) },
    { keys: 'Ctrl+L', label: t('keys.lock'), run: () => void lockDesk() }
  ])
  return { helpOpen, closeHelp: () => setHelpOpen(false) }
}
