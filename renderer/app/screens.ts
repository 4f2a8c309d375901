import { type ComponentType, lazy } from 'react'
import type { Role } from '#shared/domain/account/account.ts'
import type { IconName } from '../design-system/icons.tsx'
import { CaseListScreen } from '../screens/case-list/case-list-screen.tsx'
import { useAccount, useAdministers } from '../view-state/desk.ts'
import type { Place, ScreenName } from '../view-state/navigation.ts'

/** Every screen there is. The list comes with the window, the others when they are first shown. */
export const SCREENS: Partial<Record<ScreenName, ComponentType>> = {
  today: lazy(async () => ({ default: (await import('../screens/today/today-screen.tsx')).TodayScreen })),
  caseList: CaseListScreen,
  case: lazy(async () => ({ default: (await import('../screens/case/case-screen.tsx')).CaseScreen })),
  intake: lazy(async () => ({ default: (await import('../screens/intake/intake-screen.tsx')).IntakeScreen })),
  outbox: lazy(async () => ({ default: (await import('../screens/outbox/outbox-screen.tsx')).OutboxScreen })),
  conflicts: lazy(async () => ({
    default: (await import('../screens/conflicts/conflicts-screen.tsx')).ConflictsScreen
  })),
  handedOver: lazy(async () => ({
    default: (await import('../screens/handed-over/handed-over-screen.tsx')).HandedOverScreen
  })),
  quarantine: lazy(async () => ({
    default: (await import('../screens/quarantine/quarantine-screen.tsx')).QuarantineScreen
  })),
  destruction: lazy(async () => ({
    default: (await import('../screens/destruction/destruction-screen.tsx')).DestructionScreen
  })),
  consents: lazy(async () => ({ default: (await import('../screens/consents/consents-screen.tsx')).ConsentsScreen })),
  provision: lazy(async () => ({
    default: (await import('../screens/provision/provision-screen.tsx')).ProvisionScreen
  })),
  accessLog: lazy(async () => ({
    default: (await import('../screens/access-log/access-log-screen.tsx')).AccessLogScreen
  })),
  reports: lazy(async () => ({ default: (await import('../screens/reports/reports-screen.tsx')).ReportsScreen })),
  policy: lazy(async () => ({ default: (await import('../screens/policy/policy-screen.tsx')).PolicyScreen })),
  officeDevices: lazy(async () => ({
    default: (await import('../screens/office-devices/devices-screen.tsx')).DevicesScreen
  })),
  officeCodes: lazy(async () => ({ default: (await import('../screens/office-codes/codes-screen.tsx')).CodesScreen })),
  officeLease: lazy(async () => ({ default: (await import('../screens/office-lease/lease-screen.tsx')).LeaseScreen })),
  officeLoads: lazy(async () => ({ default: (await import('../screens/office-loads/loads-screen.tsx')).LoadsScreen })),
  officeRescues: lazy(async () => ({
    default: (await import('../screens/office-rescues/rescues-screen.tsx')).RescuesScreen
  })),
  officeCopies: lazy(async () => ({
    default: (await import('../screens/office-copies/copies-screen.tsx')).CopiesScreen
  })),
  officeGate: lazy(async () => ({ default: (await import('../screens/office-gate/gate-screen.tsx')).GateScreen })),
  officeAccounts: lazy(async () => ({
    default: (await import('../screens/office-accounts/accounts-screen.tsx')).AccountsScreen
  })),
  settings: lazy(async () => ({ default: (await import('../screens/settings/settings-screen.tsx')).SettingsScreen }))
}

type NavPlace = Exclude<Place, { screen: 'case' | 'handedOver' }>
export type NavScreen = NavPlace['screen']

interface NavEntry {
  readonly place: NavPlace
  readonly icon: IconName
  /** The same for every role, so that the hand learns it once; there are ten. */
  readonly keys?: `Alt+${number}`
  /** Whose work it is; everybody's unless said. */
  readonly roles?: readonly Role[]
}

interface NavGroup {
  readonly group: 'work' | 'privacy' | 'admin' | 'devices' | 'data' | 'people'
  readonly entries: readonly NavEntry[]
}

const STAFF_NAV: readonly NavGroup[] = [
  {
    group: 'work',
    entries: [
      { place: { screen: 'today' }, icon: 'today', keys: 'Alt+1' },
      { place: { screen: 'caseList' }, icon: 'list', keys: 'Alt+2' },
      { place: { screen: 'intake', draftId: null }, icon: 'intake', keys: 'Alt+3', roles: ['caseworker'] },
      { place: { screen: 'outbox' }, icon: 'outbox', keys: 'Alt+4' },
      { place: { screen: 'conflicts', conflictId: null }, icon: 'conflict', keys: 'Alt+5' }
    ]
  },
  {
    group: 'privacy',
    entries: [
      { place: { screen: 'policy' }, icon: 'policy', keys: 'Alt+6' },
      { place: { screen: 'quarantine' }, icon: 'lock', keys: 'Alt+7', roles: ['privacy_officer'] },
      { place: { screen: 'destruction', batchId: null }, icon: 'erase', keys: 'Alt+8' },
      { place: { screen: 'consents' }, icon: 'check', roles: ['privacy_officer', 'supervisor'] },
      { place: { screen: 'provision' }, icon: 'share' },
      { place: { screen: 'accessLog' }, icon: 'log', keys: 'Alt+9', roles: ['privacy_officer', 'supervisor'] },
      { place: { screen: 'reports' }, icon: 'copy', roles: ['privacy_officer', 'supervisor'] }
    ]
  },
  { group: 'admin', entries: [{ place: { screen: 'settings' }, icon: 'settings', keys: 'Alt+0' }] }
]

const OFFICE_NAV: readonly NavGroup[] = [
  {
    group: 'devices',
    entries: [
      { place: { screen: 'officeDevices' }, icon: 'pc', keys: 'Alt+1' },
      { place: { screen: 'officeCodes' }, icon: 'code', keys: 'Alt+2' },
      { place: { screen: 'officeLease' }, icon: 'clock', keys: 'Alt+3' }
    ]
  },
  {
    group: 'data',
    entries: [
      { place: { screen: 'officeLoads' }, icon: 'download', keys: 'Alt+4' },
      { place: { screen: 'officeRescues' }, icon: 'rescue', keys: 'Alt+5' },
      { place: { screen: 'officeGate' }, icon: 'gate', keys: 'Alt+6' },
      { place: { screen: 'officeCopies' }, icon: 'erase', keys: 'Alt+8' }
    ]
  },
  { group: 'people', entries: [{ place: { screen: 'officeAccounts' }, icon: 'people', keys: 'Alt+7' }] },
  { group: 'admin', entries: [{ place: { screen: 'settings' }, icon: 'settings', keys: 'Alt+0' }] }
]

/** The ways to the screens, for whoever works here. */
export function useWays(): { groups: readonly NavGroup[]; entries: readonly NavEntry[] } {
  const administers = useAdministers()
  const role = useAccount()?.role
  const isHers = ({ roles }: NavEntry): boolean => roles === undefined || (role !== undefined && roles.includes(role))
  const groups = (administers ? OFFICE_NAV : STAFF_NAV).map(({ group, entries }) => ({
    group,
    entries: entries.filter(isHers)
  }))
  return { groups, entries: groups.flatMap(({ entries }) => entries) }
}
