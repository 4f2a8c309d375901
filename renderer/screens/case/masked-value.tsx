import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Unmaskable } from '#shared/ipc/views.ts'
import { store } from '../../api/store.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { ReasonDialog } from '../../case-display/reason-dialog.tsx'
import { TextButton } from '../../design-system/button.tsx'

interface MaskedValueProps {
  readonly caseId: string
  readonly field: Unmaskable
  /** Which child, helper or member; 0 for the applicant. */
  readonly index: number
  readonly masked: string
}

const SHOWN_MS = 60_000

/** A masked value. A reason shows it in clear for a minute. */
export function MaskedValue({ caseId, field, index, masked }: MaskedValueProps) {
  const { t } = useTranslation('case')
  const { t: domain } = useTranslation('domain')
  const { failureText } = useFailureText()
  const [clear, setClear] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  useEffect(() => {
    if (clear === null) return
    const timer = setTimeout(() => setClear(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [clear])

  const unmask = async (reason: string): Promise<string | null> => {
    const reply = await store.ask('case.unmask', { caseId, field, index, reason })
    if (!reply.ok) return failureText(reply.error)
    setClear(reply.value.text)
    setAsking(false)
    return null
  }

  return (
    <>
      <span className="masked-value" aria-live="polite">
        {clear ?? masked}
      </span>{' '}
      {clear === null ? (
        <TextButton onClick={() => setAsking(true)}>{t('unmask.show')}</TextButton>
      ) : (
        <TextButton onClick={() => setClear(null)}>{t('unmask.hide')}</TextButton>
      )}
      {asking && (
        <ReasonDialog
          title={t('unmask.title')}
          hint={t('unmask.reasonHint')}
          missing={t('unmask.reasonMissing')}
          submit={t('unmask.submit')}
          onReason={unmask}
          onClose={() => setAsking(false)}
        >
          {t('unmask.text', { field: domain(`unmaskable.${field}`) })}
        </ReasonDialog>
      )}
    </>
  )
}
