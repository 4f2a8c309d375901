import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LogStand } from '#shared/ipc/access-log-views.ts'
import { CentreAnswer } from '../../centre/centre-frame.tsx'
import { useSilence } from '../../centre/centre-screen.tsx'
import { useCentreAsked } from '../../centre/use-centre-asked.ts'
import { Fact, Facts } from '../../design-system/card.tsx'
import { Pill, type Tone } from '../../design-system/pill.tsx'
import { Banner, EmptyState } from '../../design-system/states.tsx'
import { useElapsed } from '../../i18n/elapsed.ts'
import { formatCount, formatInstant } from '../../i18n/format.ts'
import { type Column, RecordTable } from '../../office/record-table.tsx'
import { usePcName } from './pc-name.ts'
import { type PcStanding, standingOf } from './pc-standing.ts'

/** How far the centre has the log of each PC, those first in whose log something is wrong. */
export function PcsTab() {
  const { t } = useTranslation('accessLog')
  const view = useCentreAsked('accessLog.pcs', {})
  return (
    <CentreAnswer value={view.value} silence={useSilence(view)}>
      {(pcs) =>
        pcs.length === 0 ? (
          <EmptyState icon="pc" title={t('pcs.empty.title')}>
            {t('pcs.empty.text')}
          </EmptyState>
        ) : (
          <Pcs pcs={pcs} />
        )
      }
    </CentreAnswer>
  )
}

const ORDER = ['wrong', 'owing', 'silent', 'whole'] as const satisfies readonly PcStanding['state'][]
const TONES: Record<PcStanding['state'], Tone> = { wrong: 'bad', owing: 'warn', silent: 'warn', whole: 'ok' }

function Pcs({ pcs }: { pcs: readonly LogStand[] }) {
  const { t } = useTranslation('accessLog')
  const columns = usePcColumns()
  const [chosenId, setChosenId] = useState<string | null>(null)
  const rank = (pc: LogStand): number => ORDER.indexOf(standingOf(pc).state)
  const ordered = pcs.toSorted(
    (one, other) => rank(one) - rank(other) || (one.name ?? '').localeCompare(other.name ?? '')
  )
  const chosen = ordered.find(({ deviceId }) => deviceId === chosenId) ?? ordered[0]
  return (
    <div className="office-columns">
      <div className="card office-card">
        <RecordTable
          label={t('tab.pcs')}
          columns={columns}
          rows={ordered}
          idOf={({ deviceId }) => deviceId}
          selectedId={chosen?.deviceId ?? null}
          onSelect={setChosenId}
        />
      </div>
      {chosen && <PcPane pc={chosen} />}
    </div>
  )
}

function usePcColumns(): readonly Column<LogStand>[] {
  const { t } = useTranslation('accessLog')
  const elapsed = useElapsed()
  const pcName = usePcName()
  return [
    {
      key: 'name',
      head: t('column.pc'),
      cell: (pc) => <strong title={pcName(pc)}>{pcName(pc)}</strong>
    },
    {
      key: 'state',
      head: t('pcs.column.state'),
      width: 140,
      cell: (pc) => {
        const { state } = standingOf(pc)
        return <Pill tone={TONES[state]}>{t(`pcs.state.${state}`)}</Pill>
      }
    },
    {
      key: 'owed',
      head: t('pcs.column.owed'),
      width: 110,
      align: 'end',
      cell: (pc) => formatCount(standingOf(pc).owed)
    },
    {
      key: 'heardAt',
      head: t('pcs.column.heardAt'),
      width: 130,
      cell: (pc) => {
        const { heardAt } = standingOf(pc)
        return heardAt === null ? '—' : <span title={formatInstant(heardAt)}>{elapsed(heardAt)}</span>
      }
    },
    {
      key: 'contact',
      head: t('pcs.column.contact'),
      width: 130,
      minor: true,
      cell: ({ lastContactAt }) =>
        lastContactAt === null ? '—' : <span title={formatInstant(lastContactAt)}>{elapsed(lastContactAt)}</span>
    }
  ]
}

function PcPane({ pc }: { pc: LogStand }) {
  const { t } = useTranslation('accessLog')
  const pcName = usePcName()
  const { state, owed, marks } = standingOf(pc)
  return (
    <aside className="card office-pane" aria-label={t('pcs.pane')}>
      <header className="card__head">
        <h2 className="office-pane__name">{pcName(pc)}</h2>
        <Pill tone={TONES[state]}>{t(`pcs.state.${state}`)}</Pill>
      </header>
      <p className="centre-pane__text">{t(`pcs.text.${state}`, { n: formatCount(owed) })}</p>
      {marks.map(({ mark, lines }) => (
        <Banner key={mark} tone="bad" icon="warning">
          <strong>
            {t(`mark.${mark}`)} {t('pcs.lines', { n: formatCount(lines) })}
          </strong>{' '}
          {t(`markText.${mark}`)}
        </Banner>
      ))}
      {pc.chains.map((chain, index) => (
        <Facts key={chain.chain}>
          {pc.chains.length > 1 && <Fact name={t('pcs.chain')}>{formatCount(index + 1)}</Fact>}
          <Fact name={t('pcs.begunAt')}>{formatInstant(chain.begunAt)}</Fact>
          <Fact name={t('pcs.newestNo')}>{formatCount(chain.newestNo)}</Fact>
          <Fact name={t('pcs.heldUpTo')}>{formatCount(chain.heldUpTo)}</Fact>
          <Fact name={t('pcs.wholeAt')}>{chain.wholeAt === null ? '—' : formatInstant(chain.wholeAt)}</Fact>
        </Facts>
      ))}
    </aside>
  )
}
