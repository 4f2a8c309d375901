import { useTranslation } from 'react-i18next'
import { IconButton } from '../design-system/button.tsx'
import { Icon } from '../design-system/icons.tsx'
import { Kbd } from '../design-system/kbd.tsx'
import { SEARCH_BOX_ID } from '../view-state/key-match.ts'
import { searchFor, useListView } from '../view-state/list-view.ts'
import { goTo } from '../view-state/navigation.ts'

/**
 * The search of the whole district, from every screen. Searches at each change of the text, half-composed syllables
 * included: 김민ㅅ is a search of its own.
 */
export function SearchBox() {
  const { t } = useTranslation('shell')
  const text = useListView((view) => view.searchText)
  const search = (typed: string): void => {
    searchFor(typed)
    if (typed) goTo({ screen: 'caseList' })
  }
  return (
    <search className="search-box">
      <Icon name="search" size={18} />
      <input
        id={SEARCH_BOX_ID}
        type="search"
        className="search-box__input"
        aria-label={t('search.label')}
        placeholder={t('search.placeholder')}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        value={text}
        onChange={(event) => search(event.target.value)}
      />
      {text ? <IconButton icon="close" label={t('search.clear')} onClick={() => search('')} /> : <Kbd>Ctrl K</Kbd>}
    </search>
  )
}
