import { type ReactNode, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConflictView } from '#shared/ipc/conflict-views.ts'
import { store } from '../../api/store.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { useFieldText } from '../../case-display/field-text.ts'
import { useOfficialName } from '../../case-display/official-name.ts'
import { ReasonDialog } from '../../case-display/reason-dialog.tsx'
import { TextButton } from '../../design-system/button.tsx'
import { Fact, Facts } from '../../design-system/card.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { formatInstant } from '../../i18n/format.ts'

export type Side = 'theirs' | 'mine'

/** One of the two values with who typed it, when and why, and what chooses it. */
export function ConflictSide({ view, side, children }: { view: ConflictView; side: Side; children: ReactNode }) {
  const { t } = useTranslation('conflicts')
  const officialName = useOfficialName()
  const titleId = useId()
  const { by, at, reason } = view[side]
  return (
    <section className={`conflict-side conflict-side--${side}`} aria-labelledby={titleId}>
      <h3 id={titleId} className="conflict-side__title">
        {t(view.chosen === null ? `side.${side}` : `decidedSide.${side}`)}{' '}
        {view.chosen === side && <Pill tone="ok">{t('chosen')}</Pill>}
      </h3>
      <SideValue view={view} side={side} />
      <Facts>
        <Fact name={t('by')}>{by === null ? t('unknownBy') : officialName(by)}</Fact>
        <Fact name={t('at')}>{at === null ? t('unknownAt') : formatInstant(at)}</Fact>
        {reason !== '' && <Fact name={t('why')}>{reason}</Fact>}
      </Facts>
      <div className="conflict-side__choice">{children}</div>
    </section>
  )
}

const SHOWN_MS = 60_000

/** The value as the opened case shows it. Where something is masked, a reason shows it in clear for a minute. */
function SideValue({ view, side }: { view: ConflictView; side: Side }) {
  const { t } = useTranslation(['case', 'conflicts', 'domain'])
  const { failureText } = useFailureText()
  const fieldText = useFieldText()
  const [clear, setClear] = useState<{ readonly value: unknown } | null>(null)
  const [asking, setAsking] = useState(false)
  useEffect(() => {
    if (clear === null) return
    const timer = setTimeout(() => setClear(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [clear])

  const unmask = async (reason: string): Promise<string | null> => {
    const { caseId, conflictId } = view
    const reply = await store.ask('conflict.unmask', { caseId, conflictId, side, reason })
    if (!reply.ok) {
      return reply.error.type === 'ConflictNotFound' ? t('domain:refusal.ConflictNotFound') : failureText(reply.error)
    }
    setClear(reply.value)
    setAsking(false)
    return null
  }

  const lines = fieldText(view.field, (clear ?? view[side]).value)
  return (
    <div className="conflict-side__value" aria-live="polite">
      {lines.length === 0 && <p className="faint">{t('case:unset')}</p>}
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {view.masked[side] &&
        (clear === null ? (
          <TextButton onClick={() => setAsking(true)}>{t('case:unmask.show')}</TextButton>
        ) : (
          <TextButton onClick={() => setClear(null)}>{t('case:unmask.hide')}</TextButton>
        ))}
      {asking && (
        <ReasonDialog
          title={t('case:unmask.title')}
          hint={t('case:unmask.reasonHint')}
          missing={t('case:unmask.reasonMissing')}
          submit={t('case:unmask.submit')}
          onReason={unmask}
          onClose={() => setAsking(false)}
        >
          {t('case:unmask.text', { field: t(`domain:field.${view.field}`) })}
        </ReasonDialog>
      )}
    </div>
  )
}
