import { useTranslation } from 'react-i18next'
import { isToChase, standingOf } from '#shared/domain/provision/provision-standing.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'
import { touchesProvisions, useAsked } from '../../api/use-asked.ts'
import { goTo } from '../../view-state/navigation.ts'
import { Stat } from './stat.tsx'

/** 제3자 제공, each day until it is done: proofs that recipients owe, people to ask deletion for, and what is near its end. */
export function ProvisionStats({ today }: { today: IsoDate }) {
  const { t } = useTranslation('today')
  const runs = useAsked('provision.runs', {}, { again: touchesProvisions }).value
  if (runs === undefined || runs.length === 0) return null
  const show = (): void => goTo({ screen: 'provision' })
  const standings = runs.map((run) => standingOf(run, today))
  const overdue = standings.filter((standing) => standing === 'overdue').length
  return (
    <>
      <Stat count={overdue} label={t('overseer.proofs')} tone="bad" onShow={show} />
      <Stat
        count={runs.reduce((sum, { toAsk }) => sum + toAsk, 0)}
        label={t('overseer.toAsk')}
        tone="bad"
        onShow={show}
      />
      <Stat count={standings.filter(isToChase).length - overdue} label={t('overseer.provisions')} onShow={show} />
    </>
  )
}
