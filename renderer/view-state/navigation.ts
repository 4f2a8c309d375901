import { create } from 'zustand'

/** What the window shows. Ids only: the record itself is asked for by the screen. */
export type Place =
  | { readonly screen: 'today' }
  | { readonly screen: 'caseList' }
  | { readonly screen: 'case'; readonly caseId: string }
  | { readonly screen: 'intake'; readonly draftId: string | null }
  | { readonly screen: 'outbox' }
  | { readonly screen: 'policy' }
  | { readonly screen: 'settings' }
export type ScreenName = Place['screen']

interface Navigation {
  readonly place: Place
  readonly past: readonly Place[]
}

const REMEMBERED = 50

export const useNavigation = create<Navigation>(() => ({ place: { screen: 'caseList' }, past: [] }))

export function goTo(place: Place): void {
  useNavigation.setState(({ place: here, past }) =>
    isSamePlace(here, place) ? {} : { place, past: [...past, here].slice(-REMEMBERED) }
  )
}

/** Back to where the person came from; to the list when she came from nowhere. */
export function goBack(): void {
  useNavigation.setState(({ past }) => ({ place: past.at(-1) ?? { screen: 'caseList' }, past: past.slice(0, -1) }))
}

const isSamePlace = (one: Place, other: Place): boolean => JSON.stringify(one) === JSON.stringify(other)
