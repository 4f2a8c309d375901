import { Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Skeleton } from '../design-system/states.tsx'
import { SEARCH_BOX_ID } from '../view-state/key-match.ts'
import { useNavigation } from '../view-state/navigation.ts'
import { DeskNotices } from './desk-notices.tsx'
import { HelpDialog } from './help-dialog.tsx'
import { ScreenFault } from './screen-fault.tsx'
import { SCREENS } from './screens.ts'
import './shell.css'
import { SideNav } from './side-nav.tsx'
import { StatusBar } from './status-bar.tsx'
import { TopBar } from './top-bar.tsx'
import { useShellKeys } from './use-shell-keys.ts'

/** Everything around a screen: search and sync state above, the ways to the left, keys and the line's state below. */
export function Shell() {
  const { t } = useTranslation(['shell', 'common'])
  const place = useNavigation((navigation) => navigation.place)
  const { helpOpen, closeHelp } = useShellKeys()
  const Screen = SCREENS[place.screen]
  const placeKey = place.screen === 'case' ? `case-${place.caseId}` : place.screen

  return (
    <div className="shell">
      <a className="shell__skip" href="#main">
        {t('shell:skip')}
      </a>
      <TopBar />
      <SideNav />
      <main className="shell__main" id="main" tabIndex={-1}>
        <DeskNotices />
        <ScreenFault key={placeKey}>
          <TakesFocus isSearchable={place.screen === 'caseList'} />
          <Suspense fallback={<Skeleton lines={6} label={t('common:loading')} />}>{Screen && <Screen />}</Suspense>
        </ScreenFault>
      </main>
      <StatusBar />
      {helpOpen && <HelpDialog onClose={closeHelp} />}
    </div>
  )
}

/** A new screen takes the focus; only the list leaves it to whoever is typing a search. */
function TakesFocus({ isSearchable }: { isSearchable: boolean }) {
  useEffect(() => {
    const isSearching = isSearchable && document.activeElement?.id === SEARCH_BOX_ID
    if (!isSearching) document.getElementById('main')?.focus({ preventScroll: true })
  }, [isSearchable])
  return null
}
