import type { AccessAct } from './access-log.ts'

/** How long what is on the screen may be read again as the same look. */
export const LOOK_MS = 10 * 60 * 1000

/** What stands on the screen together: the list with its summary, or an opened case. */
type Screen = 'list' | 'case' | 'outbox'

export interface Looks {
  /**
   * Whether this look is new and has to be recorded. A screen that reads again what it shows already, because a change
   * arrived, is still the same look; another screen, other cases or ten minutes make it a new one.
   */
  isNew(act: AccessAct): boolean
}

export function createLooks({ monotonicMs }: { monotonicMs: () => number }): Looks {
  let screen: Screen | null = null
  let recorded = new Map<string, { caseIds: string; at: number }>()
  return {
    isNew: (act) => {
      const shown = String(act.detail?.shown ?? act.act)
      const nextScreen = screenOf(shown)
      if (nextScreen !== screen) recorded = new Map()
      screen = nextScreen
      const caseIds = act.caseIds.join()
      const before = recorded.get(shown)
      const now = monotonicMs()
      if (before !== undefined && before.caseIds === caseIds && now - before.at < LOOK_MS) return false
      recorded.set(shown, { caseIds, at: now })
      return true
    }
  }
}

const screenOf = (shown: string): Screen => (shown === 'case' || shown === 'outbox' ? shown : 'list')
