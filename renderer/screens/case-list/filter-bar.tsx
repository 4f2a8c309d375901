import { useTranslation } from 'react-i18next'
import { addDays } from '#shared/domain/calendar/day.ts'
import { CASE_STATES, type CaseState } from '#shared/domain/case/case-state-list.ts'
import { SERVICE_CODES, type ServiceCode } from '#shared/domain/case/service-list.ts'
import { usePlaceNames } from '../../case-display/place-names.ts'
import { TextButton } from '../../design-system/button.tsx'
import { FilterChip, FilterSelect, RemovableChip } from '../../design-system/select.tsx'
import { useToday } from '../../view-state/clock.ts'
import { useAccount } from '../../view-state/desk.ts'
import { filterBy, NO_FILTER, searchFor, useListView } from '../../view-state/list-view.ts'

const SOON_DAYS = 7

/** What the list is narrowed to. A search looks at every case, so the filters rest while there is one. */
export function FilterBar() {
  const { t } = useTranslation('caseList')
  const filter = useListView((view) => view.filter)
  const searchText = useListView((view) => view.searchText)
  const today = useToday()
  const choices = useChoices()
  const searching = searchText.trim() !== ''
  const filtered = JSON.stringify(filter) !== JSON.stringify(NO_FILTER)
  return (
    <fieldset className="bar filter-bar" aria-label={t('filter.label')}>
      {searching && (
        <RemovableChip onRemove={() => searchFor('')} removeLabel={t('filter.removeSearch', { text: searchText })}>
          {searchText}
        </RemovableChip>
      )}
      <FilterSelect<ServiceCode>
        label={t('filter.service')}
        all={t('filter.allServices')}
        choices={choices.services}
        value={filter.service}
        onChange={(service) => filterBy({ service })}
        disabled={searching}
      />
      <FilterSelect<CaseState>
        label={t('filter.state')}
        all={t('filter.allStates')}
        choices={choices.states}
        value={filter.state}
        onChange={(state) => filterBy({ state })}
        disabled={searching}
      />
      <FilterSelect<string>
        label={t('filter.dong')}
        all={t('filter.allDongs')}
        choices={choices.dongs}
        value={filter.dongCode}
        onChange={(dongCode) => filterBy({ dongCode })}
        disabled={searching}
      />
      <FilterChip
        pressed={filter.dueUntil !== null}
        onToggle={() => filterBy({ dueUntil: filter.dueUntil === null ? addDays(today, SOON_DAYS) : null })}
        disabled={searching}
      >
        {t('filter.dueSoon')}
      </FilterChip>
      <FilterChip
        pressed={filter.mineOnly}
        onToggle={() => filterBy({ mineOnly: !filter.mineOnly })}
        disabled={searching}
      >
        {t('filter.mine')}
      </FilterChip>
      {filtered && !searching && <TextButton onClick={() => filterBy(NO_FILTER)}>{t('filter.clear')}</TextButton>}
    </fieldset>
  )
}

function useChoices() {
  const { t } = useTranslation('domain')
  const { dongChoices } = usePlaceNames()
  const districtCode = useAccount()?.districtCode ?? ''
  return {
    services: SERVICE_CODES.map((value) => ({ value, label: t(`service.${value}`) })),
    states: CASE_STATES.map((value) => ({ value, label: t(`caseState.${value}`) })),
    dongs: dongChoices(districtCode)
  }
}
