import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsked } from '../../api/use-asked.ts'
import { Badge } from '../../design-system/pill.tsx'
import { Tabs } from '../../design-system/tabs.tsx'
import { formatCount } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import { LinesTab } from './lines-tab.tsx'
import { type LogWanted, newestWanted } from './log-wanted.ts'
import { hasTrouble } from './pc-standing.ts'
import { PcsTab } from './pcs-tab.tsx'
import { ReviewsTab } from './reviews-tab.tsx'
import './access-log.css'

/** 접속기록: who saw or changed whose data, and whether each PC's log is whole. */
export function AccessLogScreen() {
  const { t } = useTranslation('accessLog')
  const today = useToday()
  const [tab, setTab] = useState<'lines' | 'pcs' | 'reviews'>('lines')
  const [wanted, setWanted] = useState<LogWanted>(() => newestWanted(today))
  const pcs = useAsked('accessLog.pcs', {}) // their names; the tab asks for itself
  const troubled = pcs.value?.filter(hasTrouble).length ?? 0
  return (
    <div className="screen">
      <header className="screen__head">
        <h1>{t('title')}</h1>
        <span className="faint">{t('note')}</span>
      </header>
      <Tabs
        label={t('title')}
        tabs={[
          { id: 'lines', label: t('tab.lines') },
          {
            id: 'pcs',
            label: (
              <>
                {t('tab.pcs')} {troubled > 0 && <Badge tone="bad">{formatCount(troubled)}</Badge>}
              </>
            )
          },
          { id: 'reviews', label: t('tab.reviews') }
        ]}
        selected={tab}
        onSelect={setTab}
      >
        <div className="screen office-tab access-log">
          {tab === 'lines' && <LinesTab pcs={pcs.value ?? []} wanted={wanted} onWanted={setWanted} />}
          {tab === 'pcs' && <PcsTab />}
          {tab === 'reviews' && (
            <ReviewsTab
              onShow={(period) => {
                setWanted({ ...newestWanted(today), ...period })
                setTab('lines')
              }}
            />
          )}
        </div>
      </Tabs>
    </div>
  )
}
