import { useTranslation } from 'react-i18next'
import { touchesBatches, useAsked } from '../api/use-asked.ts'
import { Icon } from '../design-system/icons.tsx'
import { Badge } from '../design-system/pill.tsx'
import { formatCount } from '../i18n/format.ts'
import { todoOf } from '../screens/destruction/batch-todo.ts'
import { useDesk } from '../view-state/desk.ts'
import { goTo, type ScreenName, useNavigation } from '../view-state/navigation.ts'
import { type NavScreen, useWays } from './screens.ts'
import './side-nav.css'

/** The screens that another one leads to. */
const LED_TO: Partial<Record<ScreenName, NavScreen>> = { case: 'caseList', handedOver: 'conflicts' }

/** The ways to the screens. */
export function SideNav() {
  const { t } = useTranslation('shell')
  const { groups } = useWays()
  const here = useNavigation(({ place }) => LED_TO[place.screen] ?? place.screen)
  return (
    <nav className="side-nav" aria-label={t('nav')}>
      {groups.map(({ group, entries }) => (
        <div key={group} className="side-nav__group">
          <h2 className="side-nav__title">{t(`group.${group}`)}</h2>
          <ul>
            {entries.map((entry) => (
              <li key={entry.place.screen}>
                <button
                  type="button"
                  className="side-nav__way"
                  data-screen={entry.place.screen}
                  aria-current={entry.place.screen === here ? 'page' : undefined}
                  title={titleOf(t(`screen.${entry.place.screen}`), entry.keys)}
                  onClick={() => goTo(entry.place)}
                >
                  <Icon name={entry.icon} size={18} />
                  <span className="side-nav__name">{t(`screen.${entry.place.screen}`)}</span>
                  <WayBadge screen={entry.place.screen} />
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}

const titleOf = (name: string, keys: string | undefined): string => (keys === undefined ? name : `${name} (${keys})`)

function WayBadge({ screen }: { screen: NavScreen }) {
  return screen === 'destruction' ? <BatchesBadge /> : <SyncBadge screen={screen} />
}

/** Destruction batches that wait for whoever works here. */
function BatchesBadge() {
  const batches = useAsked('destruction.list', {}, { again: touchesBatches }).value ?? []
  const count = batches.filter((batch) => todoOf(batch) !== null).length
  return count > 0 && <Badge>{formatCount(count)}</Badge>
}

function SyncBadge({ screen }: { screen: NavScreen }) {
  const waiting = useDesk(({ sync }) => sync?.waiting ?? 0)
  const refused = useDesk(({ sync }) => sync?.refused ?? 0)
  const parked = useDesk(({ sync }) => sync?.parked ?? 0)
  const conflicts = useDesk(({ sync }) => sync?.conflicts ?? 0)
  const count = waiting + refused + parked
  if (screen === 'conflicts' && conflicts > 0) return <Badge tone="bad">{formatCount(conflicts)}</Badge>
  if (screen !== 'outbox' || count === 0) return null
  return <Badge tone={refused + parked > 0 ? 'bad' : 'plain'}>{formatCount(count)}</Badge>
}
