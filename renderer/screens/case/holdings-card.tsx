import { useTranslation } from 'react-i18next'
import { isOpenHold } from '#shared/domain/retention/hold.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { TextButton } from '../../design-system/button.tsx'
import { Card, CardLine } from '../../design-system/card.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import { type AlikeParts, alikeParts } from './retention/alike-parts.ts'
import { lawTexts } from './retention/law-texts.ts'
import { PART_TONES } from './retention/part-tone.ts'

/** 왜 보유 중인가, in short: what goes together, its grounds and its end. The tab tells the whole. */
export function HoldingsCard({ view, onShowAll }: { view: CaseView; onShowAll: () => void }) {
  const { t } = useTranslation('case')
  const today = useToday()
  const open = view.case.holds.filter((hold) => isOpenHold(hold, today))
  return (
    <Card title={t('holdings.title')} actions={<TextButton onClick={onShowAll}>{t('holdings.all')}</TextButton>}>
      {view.retention === null && (
        <CardLine>
          <span className="faint">{t('holdings.unknown')}</span>
        </CardLine>
      )}
      {alikeParts(view.retention?.parts ?? []).map((alike) => (
        <AlikeLine key={JSON.stringify([alike.recipient, alike.cause, alike.until, alike.state])} alike={alike} />
      ))}
      {open.length > 0 && (
        <CardLine>
          <Pill tone="warn">{t('retention.holds.open', { n: open.length })}</Pill>
        </CardLine>
      )}
    </Card>
  )
}

function AlikeLine({ alike: { recipient, groups, bases, until, deadline, state } }: { alike: AlikeParts }) {
  const { t } = useTranslation('case')
  const end = deadline?.keptUntil ?? until
  const grounds = lawTexts(bases).join(', ')
  return (
    <CardLine aside={end === null ? t('holdings.open') : t('holdings.until', { day: formatDay(end) })}>
      <div className="holding">
        <span>
          <b>{recipient ?? groups.join(', ')}</b>{' '}
          {state !== 'kept' && <Pill tone={PART_TONES[state]}>{t(`retention.state.${state}`)}</Pill>}
        </span>
        <span className="faint holding__ground" title={grounds}>
          {grounds}
        </span>
      </div>
    </CardLine>
  )
}
