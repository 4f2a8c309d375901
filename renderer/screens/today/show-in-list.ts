import { addDays } from '#shared/domain/calendar/day.ts'
import type { CaseState } from '#shared/domain/case/case-state.ts'
import { filterBy, NO_FILTER, searchFor } from '../../view-state/list-view.ts'
import { goTo } from '../../view-state/navigation.ts'

const SOON_DAYS = 7

/** The list of what is overdue: due before today. */
export function showOverdue(today: string): void {
  searchFor('')
  filterBy({ ...NO_FILTER, dueUntil: addDays(today, -1) })
  goTo({ screen: 'caseList' })
}

export function showDueSoon(today: string): void {
  searchFor('')
  filterBy({ ...NO_FILTER, dueUntil: addDays(today, SOON_DAYS) })
  goTo({ screen: 'caseList' })
}

export function showState(state: CaseState): void {
  searchFor('')
  filterBy({ ...NO_FILTER, state })
  goTo({ screen: 'caseList' })
}
