import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BatchItemView, BatchView } from '#shared/ipc/destruction-views.ts'
import { useOfficialName } from '../../case-display/official-name.ts'
import { Button } from '../../design-system/button.tsx'
import { Fact, Facts } from '../../design-system/card.tsx'
import { Banner } from '../../design-system/states.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useKeys } from '../../view-state/keymap.ts'
import { goTo } from '../../view-state/navigation.ts'
import { ExcludeDialog } from './exclude-dialog.tsx'
import { ExtendDialog } from './extend-dialog.tsx'
import { useAct } from './use-act.ts'
import { useItemWords } from './use-item-words.ts'

/** The chosen item: why it is due, who took it out, and what a reviewer can do with it. */
export function ItemPane({ batch, item }: { batch: BatchView; item: BatchItemView }) {
  const { t } = useTranslation(['destruction', 'domain'])
  const words = useItemWords()
  const officialName = useOfficialName()
  const { parts, cause, dueOn, rev, exclusion } = item
  return (
    <section className="card office-pane" aria-label={t('destruction:item.pane')}>
      <header className="card__head">
        <h2 className="office-pane__name">{words.caseText(item)}</h2>
      </header>
      <Facts>
        <Fact name={t('destruction:items.parts')}>
          {parts === 'case' ? words.partsText(item) : parts.map((field) => t(`domain:field.${field}`)).join(', ')}
        </Fact>
        <Fact name={t('destruction:items.causeHead')}>{t(`destruction:cause.${cause}`)}</Fact>
        <Fact name={t('destruction:items.dueOn')}>{formatDay(dueOn)}</Fact>
        <Fact name={t('destruction:items.recordsUntil')}>{words.recordsText(item)}</Fact>
        {item.case && <Fact name={t('domain:field.state')}>{t(`domain:caseState.${item.case.state}`)}</Fact>}
        <Fact name={t('destruction:item.rev')}>{rev}</Fact>
        {exclusion && <Fact name={t('destruction:items.standing')}>{words.standingText(item)}</Fact>}
        {exclusion && 'by' in exclusion && <Fact name={t('destruction:item.by')}>{officialName(exclusion.by)}</Fact>}
        {exclusion && 'reason' in exclusion && <Fact name={t('destruction:item.reason')}>{exclusion.reason}</Fact>}
        {exclusion?.kind === 'extended' && <Fact name={t('destruction:item.until')}>{formatDay(exclusion.until)}</Fact>}
      </Facts>
      {exclusion?.kind === 'dropped' && (
        <p className="centre-pane__text">{t(`destruction:droppedCause.${exclusion.cause}`)}</p>
      )}
      <ItemWays batch={batch} item={item} />
    </section>
  )
}

/** A reviewer takes the item out, keeps it longer or puts it back; whoever has the case looks into it. */
function ItemWays({ batch, item }: { batch: BatchView; item: BatchItemView }) {
  const { t } = useTranslation('destruction')
  const act = useAct(batch.id)
  const [asking, setAsking] = useState<'exclude' | 'extend' | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const { caseId, exclusion } = item
  const reviews = batch.ways.includes('batch.exclude')
  const include = async (): Promise<void> =>
    setFailed(await act({ name: 'batch.include', args: { caseId } }, t('included')))
  const openCase = item.case === null ? null : () => goTo({ screen: 'case', caseId })
  useKeys('here', [
    ...(reviews
      ? [
          { keys: 'X', label: t('keys.exclude'), run: () => setAsking('exclude'), hint: true },
          { keys: 'E', label: t('keys.extend'), run: () => setAsking('extend'), hint: true }
        ]
      : []),
    ...(reviews && exclusion !== null
      ? [{ keys: 'I', label: t('keys.include'), run: () => void include(), hint: true }]
      : []),
    ...(openCase ? [{ keys: 'Enter', label: t('keys.openCase'), run: openCase, hint: true }] : [])
  ])
  if (!reviews && openCase === null) return null
  return (
    <div className="office-pane__acts">
      <div className="bar">
        {reviews && (
          <Button size="small" kbd="X" onClick={() => setAsking('exclude')}>
            {t('item.exclude')}
          </Button>
        )}
        {reviews && (
          <Button size="small" kbd="E" onClick={() => setAsking('extend')}>
            {t('item.extend')}
          </Button>
        )}
        {reviews && exclusion !== null && (
          <Button size="small" kbd="I" onClick={() => void include()}>
            {t('item.include')}
          </Button>
        )}
        {openCase && (
          <Button size="small" kbd="Enter" onClick={openCase}>
            {t('item.openCase')}
          </Button>
        )}
      </div>
      {failed && <Banner tone="bad">{failed}</Banner>}
      {asking === 'exclude' && <ExcludeDialog batchId={batch.id} item={item} onClose={() => setAsking(null)} />}
      {asking === 'extend' && <ExtendDialog batchId={batch.id} item={item} onClose={() => setAsking(null)} />}
    </div>
  )
}
