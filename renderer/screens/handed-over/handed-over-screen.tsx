import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HandedOverItem } from '#shared/ipc/quarantine-views.ts'
import { useActText } from '../../case-display/act-text.ts'
import { usePlaceNames } from '../../case-display/place-names.ts'
import { CentreScreen } from '../../centre/centre-screen.tsx'
import { useCentreAsked } from '../../centre/use-centre-asked.ts'
import { Banner, EmptyState } from '../../design-system/states.tsx'
import { formatCount, formatInstant } from '../../i18n/format.ts'
import { type Column, RecordTable } from '../../office/record-table.tsx'
import { useKeys } from '../../view-state/keymap.ts'
import { goBack } from '../../view-state/navigation.ts'
import { DropDialog } from './drop-dialog.tsx'
import { HandedOverPane } from './handed-over-pane.tsx'
import { TakeDialog } from './take-dialog.tsx'

/** 넘겨받은 변경: what another district's desks had not sent when a case came from there. */
export function HandedOverScreen() {
  const { t } = useTranslation('quarantine')
  const view = useCentreAsked('handedOver.list', {})
  useKeys('here', [{ keys: 'Escape', label: t('keys.back'), run: goBack, hint: true }])
  return (
    <CentreScreen
      title={t('handedOver.title')}
      note={view.value && t('handedOver.count', { n: formatCount(view.value.length) })}
      view={view}
    >
      {(items) =>
        items.length === 0 ? (
          <EmptyState icon="check" title={t('handedOver.empty.title')}>
            {t('handedOver.empty.text')}
          </EmptyState>
        ) : (
          <Items items={items} onSettled={view.reload} />
        )
      }
    </CentreScreen>
  )
}

function Items({ items, onSettled }: { items: readonly HandedOverItem[]; onSettled: () => void }) {
  const { t } = useTranslation('quarantine')
  const columns = useColumns()
  const [chosenId, setChosenId] = useState<string | null>(null)
  const [settling, setSettling] = useState<{ how: 'take' | 'drop'; item: HandedOverItem } | null>(null)
  const chosen = items.find(({ commandId }) => commandId === chosenId) ?? items[0]
  const settle = (how: 'take' | 'drop') => (): void => {
    if (chosen) setSettling({ how, item: chosen })
  }
  useKeys('here', [
    { keys: 'E', label: t('handedOver.take'), run: settle('take'), hint: true },
    { keys: 'Delete', label: t('handedOver.drop'), run: settle('drop'), hint: true }
  ])
  const dialog = settling && { item: settling.item, onClose: () => setSettling(null), onSettled }
  return (
    <>
      <Banner icon="info">{t('handedOver.about')}</Banner>
      <div className="office-columns">
        <div className="card office-card">
          <RecordTable
            label={t('handedOver.title')}
            columns={columns}
            rows={items}
            idOf={({ commandId }) => commandId}
            selectedId={chosen?.commandId ?? null}
            onSelect={setChosenId}
          />
        </div>
        {chosen && <HandedOverPane item={chosen} onTake={settle('take')} onDrop={settle('drop')} />}
      </div>
      {dialog && settling?.how === 'take' && <TakeDialog {...dialog} />}
      {dialog && settling?.how === 'drop' && <DropDialog {...dialog} />}
    </>
  )
}

function useColumns(): readonly Column<HandedOverItem>[] {
  const { t } = useTranslation('quarantine')
  const actText = useActText()
  const { districtName } = usePlaceNames()
  return [
    {
      key: 'case',
      head: t('handedOver.case'),
      cell: ({ applicantName, applicationNo }) => (
        <>
          <strong title={applicantName ?? undefined}>{applicantName ?? t('handedOver.notHere')}</strong>{' '}
          <span className="faint">{applicationNo}</span>
        </>
      )
    },
    { key: 'name', head: t('column.name'), width: 150, cell: ({ name }) => actText(name) },
    {
      key: 'from',
      head: t('handedOver.from'),
      width: 110,
      minor: true,
      cell: ({ fromDistrictCode }) => districtName(fromDistrictCode)
    },
    {
      key: 'issuedBy',
      head: t('column.issuedBy'),
      width: 120,
      minor: true,
      cell: ({ issuedBy }) => <span title={issuedBy ?? undefined}>{issuedBy ?? t('unknownOfficial')}</span>
    },
    { key: 'issuedAt', head: t('issuedAt'), width: 162, minor: true, cell: ({ issuedAt }) => formatInstant(issuedAt) }
  ]
}
