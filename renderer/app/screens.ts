import { type ComponentType, lazy } from 'react'
import type { IconName } from '../design-system/icons.tsx'
import { CaseListScreen } from '../screens/case-list/case-list-screen.tsx'
import type { Place, ScreenName } from '../view-state/navigation.ts'

/** Every screen there is. The list comes with the window, the others when they are first shown. */
export const SCREENS: Partial<Record<ScreenName, ComponentType>> = {
  today: lazy(async () => ({ default: (await import('../screens/today/today-screen.tsx')).TodayScreen })),
  caseList: CaseListScreen,
  case: lazy(async () => ({ default: (await import('../screens/case/case-screen.tsx')).CaseScreen })),
  intake: lazy(async () => ({ default: (await import('../screens/intake/intake-screen.tsx')).IntakeScreen })),
  outbox: lazy(async () => ({ default: (await import('../screens/outbox/outbox-screen.tsx')).OutboxScreen })),
  policy: lazy(async () => ({ default: (await import('../screens/policy/policy-screen.tsx')).PolicyScreen })),
  settings: lazy(async () => ({ default: (await import('../screens/settings/settings-screen.tsx')).SettingsScreen }))
}

type NavPlace = Exclude<Place, { screen: 'case' }>
export type NavScreen = NavPlace['screen']

interface NavEntry {
  readonly place: NavPlace
  readonly icon: IconName
}

const NAV: readonly { readonly group: 'work' | 'privacy' | 'admin'; readonly entries: readonly NavEntry[] }[] = [
  {
    group: 'work',
    entries: [
      { place: { screen: 'today' }, icon: 'today' },
      { place: { screen: 'caseList' }, icon: 'list' },
      { place: { screen: 'intake', draftId: null }, icon: 'intake' },
      { place: { screen: 'outbox' }, icon: 'outbox' }
    ]
  },
  { group: 'privacy', entries: [{ place: { screen: 'policy' }, icon: 'policy' }] },
  { group: 'admin', entries: [{ place: { screen: 'settings' }, icon: 'settings' }] }
]

/** The navigation, with the screens that exist. */
export const NAV_GROUPS = NAV.map(({ group, entries }) => ({
  group,
  entries: entries.filter(({ place }) => SCREENS[place.screen])
})).filter(({ entries }) => entries.length > 0)

export const NAV_ENTRIES: readonly NavEntry[] = NAV_GROUPS.flatMap(({ entries }) => entries)
