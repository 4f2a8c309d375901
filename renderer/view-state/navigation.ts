import { create } from 'zustand'

/** The screens of an administrator, who sees no case. */
export type OfficeScreenName =
  | 'officeDevices'
  | 'officeCodes'
  | 'officeLease'
  | 'officeLoads'
  | 'officeRescues'
  | 'officeCopies'
  | 'officeGate'
  | 'officeAccounts'

/** What the window shows. Ids only: the record itself is asked for by the screen. */
export type Place =
  | { readonly screen: 'today' }
  | { readonly screen: 'caseList' }
  | { readonly screen: 'case'; readonly caseId: string }
  | { readonly screen: 'intake'; readonly draftId: string | null }
  | { readonly screen: 'outbox' }
  /** null: the first one. */
  | { readonly screen: 'conflicts'; readonly conflictId: string | null }
  | { readonly screen: 'handedOver' }
  | { readonly screen: 'policy' }
  | { readonly screen: 'quarantine' }
  /** null: the list of the batches. */
  | { readonly screen: 'destruction'; readonly batchId: string | null }
  | { readonly screen: 'consents' }
  | { readonly screen: 'provision' }
  | { readonly screen: 'accessLog' }
  | { readonly screen: 'reports' }
  | { readonly screen: 'settings' }
  | { readonly screen: OfficeScreenName }
export type ScreenName = Place['screen']

interface Navigation {
  readonly place: Place
  readonly past: readonly Place[]
  /** Where a session begins, and where going back ends. */
  readonly home: Place
}

const REMEMBERED = 50
export const LIST: Place = { screen: 'caseList' }
export const DEVICES: Place = { screen: 'officeDevices' }

export const useNavigation = create<Navigation>(() => ({ place: LIST, past: [], home: LIST }))

/** Begins at a place, with nothing to go back to. */
export const beginAt = (home: Place): void => useNavigation.setState({ place: home, past: [], home })

export function goTo(place: Place): void {
  useNavigation.setState(({ place: here, past }) =>
    isSamePlace(here, place) ? {} : { place, past: [...past, here].slice(-REMEMBERED) }
  )
}

/** Back to where the person came from; to where she began when she came from nowhere. */
export function goBack(): void {
  useNavigation.setState(({ past, home }) => ({ place: past.at(-1) ?? home, past: past.slice(0, -1) }))
}

const isSamePlace = (one: Place, other: Place): boolean => JSON.stringify(one) === JSON.stringify(other)
