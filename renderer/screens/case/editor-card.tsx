import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../design-system/button.tsx'
import { Card } from '../../design-system/card.tsx'
import { Banner } from '../../design-system/states.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import { RefusedBanner } from './refused-banner.tsx'
import type { Correction } from './use-correction.ts'

interface EditorCardProps {
  readonly title: string
  readonly correction: Omit<Correction<unknown>, 'form' | 'setForm'>
  readonly reasonHint?: string | undefined
  readonly reasonRequired?: boolean
  readonly onSave: () => void
  readonly children: ReactNode
}

/** A block of the case while it is corrected, in the place where it is read. Ctrl+Enter saves, Esc leaves. */
export function EditorCard({ title, correction, reasonHint, reasonRequired, onSave, children }: EditorCardProps) {
  const { reason, setReason, reasonError, busy, trouble, isResumed, refusal, cancel, drop } = correction
  const { t } = useTranslation(['common', 'case'])
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, select')?.focus()
  }, [])
  /** A mistake found takes the person to it. */
  const save = (): void => {
    onSave()
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') cancel()
    else if (event.key === 'Enter' && event.ctrlKey) save()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <Card title={title}>
      <form
        ref={form}
        className="editor"
        noValidate
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        {refusal && <RefusedBanner refusal={refusal} onDrop={drop} />}
        {isResumed && !refusal && (
          <Banner tone="info" icon="info">
            {t('case:resumed')}
          </Banner>
        )}
        {children}
        <TextField
          label={t('common:reason')}
          hint={reasonHint ?? t('common:reasonHint')}
          error={reasonError}
          required={reasonRequired}
          requiredText={t('common:required')}
          maxLength={400}
          value={reason}
          onChange={setReason}
        />
        {trouble && (
          <Banner tone={trouble.refusal?.type === 'FieldChangedMeanwhile' ? 'warn' : 'bad'}>{trouble.text}</Banner>
        )}
        <div className="editor__actions">
          <Button onClick={cancel} kbd="Esc">
            {t('common:cancel')}
          </Button>
          <Button kind="primary" type="submit" busy={busy} kbd="Ctrl+Enter">
            {t('common:save')}
          </Button>
        </div>
      </form>
    </Card>
  )
}
