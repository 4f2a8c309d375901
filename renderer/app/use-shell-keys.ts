import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { store } from '../api/store.ts'
import { useAdministers } from '../view-state/desk.ts'
import { SEARCH_BOX_ID } from '../view-state/key-match.ts'
import { type KeyBinding, useKeys } from '../view-state/keymap.ts'
import { lockDesk } from '../view-state/lock.ts'
import { goBack, goTo } from '../view-state/navigation.ts'
import { useWays } from './screens.ts'

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
  const { entries } = useWays()
  const administers = useAdministers()
  const ways = entries.flatMap(({ place, keys }): KeyBinding[] =>
    keys === undefined
      ? []
      : [{ keys, label: t('keys.go', { screen: t(`screen.${place.screen}`) }), run: () => goTo(place) }]
  )
  const intake = entries.find(({ place }) => place.screen === 'intake')
  const searchKeys: KeyBinding[] = [
    { keys: 'Ctrl+K', label: t('keys.search'), run: focusSearch },
    { keys: '/', label: t('keys.search'), run: focusSearch, hint: true }
  ]
  useKeys('everywhere', [
    { keys: 'F1', label: t('keys.help'), run: () => setHelpOpen(true), hint: true },
    ...(administers ? [] : searchKeys),
    ...(intake ? [{ keys: 'F2', label: t('keys.intake'), run: () => goTo(intake.place) }] : []),
    ...ways,
    { keys: 'Alt+ArrowLeft', label: t('keys.back'), run: goBack },
    ...(administers ? [] : [{ keys: 'F5', label: t('sync.now'), run: () => void store.ask('sync.now', {}) }]),
    { keys: 'Ctrl+L', label: t(administers ? 'keys.signOut' : 'keys.lock'), run: () => void lockDesk() }
  ])
  return { helpOpen, closeHelp: () => setHelpOpen(false) }
}
