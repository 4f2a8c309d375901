import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { ProvisionSummary } from '#shared/ipc/provision-views.ts'
import { Button } from '../../design-system/button.tsx'
import { DateField } from '../../design-system/date-field.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { RadioGroup } from '../../design-system/radio-group.tsx'
import { Banner } from '../../design-system/states.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import { useSubmission } from '../../design-system/use-submission.ts'
import { formatCount, formatDay } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import { useRunAct } from './use-run-act.ts'

interface LetterDialogProps {
  readonly run: ProvisionSummary
  /** `ask`: the office wrote to the recipient. `prove`: the recipient confirmed. */
  readonly about: 'ask' | 'prove'
  readonly onClose: () => void
}

const SHORTEST = 2

/** Which paper, of which day, and for whom it speaks. */
export function LetterDialog({ run, about, onClose }: LetterDialogProps) {
  const { t } = useTranslation(['provision', 'common'])
  const act = useRunAct(run.id)
  const today = useToday()
  const [document, setDocument] = useState('')
  const [on, setOn] = useState(today)
  const [of, setOf] = useState<'asked' | 'all' | null>(run.asked > 0 ? null : 'all')
  const [tried, setTried] = useState(false)
  const { busy, failed, submit } = useSubmission(onClose)
  const isDocumentMissing = document.trim().length < SHORTEST
  const isDayWrong = on === '' || on > today || on < koreanDayOf(run.givenAt)
  const send = async (): Promise<void> => {
    setTried(true)
    if (isDocumentMissing || isDayWrong || of === null) return
    const letter = { document: document.trim(), on }
    await submit(() =>
      about === 'ask'
        ? act({ name: 'provision.ask_deletion', args: letter }, t('provision:askDialog.done'))
        : act({ name: 'provision.prove_deletion', args: { ...letter, of } }, t('provision:proveDialog.done'))
    )
  }
  const required = { required: true, requiredText: t('common:required') }
  return (
    <Dialog
      title={t(`provision:${about}Dialog.title`)}
      size="small"
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void send()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('provision:record')}
          </Button>
        </>
      }
    >
      <p>{t(`provision:${about}Dialog.text`, { number: run.number, n: formatCount(run.toAsk) })}</p>
      {about === 'prove' && run.asked > 0 && (
        <RadioGroup<'asked' | 'all'>
          label={t('provision:proveDialog.of')}
          choices={[
            { value: 'asked', label: t('provision:proveDialog.asked', { n: formatCount(run.asked) }) },
            { value: 'all', label: t('provision:proveDialog.all') }
          ]}
          error={tried && of === null ? t('provision:proveDialog.ofMissing') : null}
          value={of}
          onChange={setOf}
        />
      )}
      <TextField
        {...required}
        label={t('provision:document')}
        hint={t('provision:documentHint')}
        error={tried && isDocumentMissing ? t('provision:documentMissing') : null}
        maxLength={120}
        value={document}
        onChange={setDocument}
      />
      <DateField
        {...required}
        label={t('provision:letterDay')}
        error={tried && isDayWrong ? t('provision:letterDayWrong') : null}
        value={on}
        onChange={setOn}
        format={formatDay}
        today={today}
        unreadable={t('common:dayUnreadable')}
      />
      {failed && <Banner tone="bad">{failed}</Banner>}
    </Dialog>
  )
}
