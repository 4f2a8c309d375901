import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LeaseTerms } from '#shared/ipc/office-views.ts'
import { Button } from '../../design-system/button.tsx'
import { Card } from '../../design-system/card.tsx'
import { NumberField } from '../../design-system/number-field.tsx'
import { Banner } from '../../design-system/states.tsx'
import { OfficeScreen } from '../../office/office-screen.tsx'
import { useOffice, useOfficeAct } from '../../office/use-office.ts'
import './lease-screen.css'
import { hoursOf, isTerm, MOST_HOURS } from './lease-hours.ts'

/** 사용 기한: how long a PC works without the centre, and how long its data then waits, locked, before it is deleted. */
export function LeaseScreen() {
  const { t } = useTranslation('office')
  const view = useOffice('office.leaseTerms')
  return (
    <OfficeScreen title={t('lease.title')} note={t('lease.note')} view={view}>
      {(terms) => <TermsForm key={JSON.stringify(terms)} terms={terms} onSaved={view.reload} />}
    </OfficeScreen>
  )
}

function TermsForm({ terms, onSaved }: { terms: LeaseTerms; onSaved: () => void }) {
  const { t } = useTranslation(['office', 'common'])
  const act = useOfficeAct()
  const [lease, setLease] = useState(String(terms.leaseHours))
  const [grace, setGrace] = useState(String(terms.graceHours))
  const [busy, setBusy] = useState(false)
  const isChanged = Number(lease) !== terms.leaseHours || Number(grace) !== terms.graceHours
  const save = async (): Promise<void> => {
    if (busy || !isTerm(lease) || !isTerm(grace)) return
    setBusy(true)
    const request = { leaseHours: Number(lease), graceHours: Number(grace) }
    const reply = await act('office.setLeaseTerms', request, t('office:lease.saved'))
    setBusy(false)
    if (reply.ok) onSaved()
  }
  return (
    <div className="lease">
      <Card title={t('office:lease.cardTitle')}>
        <form
          className="card__body stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
        >
          <HoursField
            label={t('office:lease.lease')}
            hint={t('office:lease.leaseHint')}
            value={lease}
            onChange={setLease}
          />
          <HoursField
            label={t('office:lease.grace')}
            hint={t('office:lease.graceHint')}
            value={grace}
            onChange={setGrace}
          />
          <Banner tone="info" icon="info">
            {t('office:lease.fromNext')}
          </Banner>
          <div className="bar">
            <Button kind="primary" type="submit" busy={busy} disabled={!isChanged}>
              {t('common:save')}
            </Button>
          </div>
        </form>
      </Card>
      <Card title={t('office:lease.wayTitle')}>
        <ol className="lease__way">
          <li>{t('office:lease.way.renewed')}</li>
          <li>{t('office:lease.way.warned')}</li>
          <li>{t('office:lease.way.locked')}</li>
          <li>{t('office:lease.way.deleted')}</li>
        </ol>
      </Card>
    </div>
  )
}

interface HoursFieldProps {
  label: string
  hint: string
  value: string
  onChange: (hours: string) => void
}

function HoursField({ label, hint, value, onChange }: HoursFieldProps) {
  const { t } = useTranslation('office')
  const { days, hours } = hoursOf(Number(value))
  const inDays = hours === 0 ? t('lease.days', { days }) : t('lease.daysAndHours', { days, hours })
  return (
    <NumberField
      label={label}
      hint={isTerm(value) ? `${inDays} · ${hint}` : hint}
      error={!isTerm(value) && t('lease.range', { most: MOST_HOURS })}
      value={value}
      onChange={onChange}
      unit={t('lease.hours')}
      maxDigits={4}
      grouped={false}
    />
  )
}
