import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../design-system/button.tsx'
import { Card } from '../../design-system/card.tsx'
import { Banner } from '../../design-system/states.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import type { Trouble } from './use-run-command.ts'

interface EditorCardProps {
  readonly title: string
  readonly reason: string
  readonly onReason: (reason: string) => void
  readonly reasonError: string | null
  readonly reasonHint?: string | undefined
  readonly reasonRequired?: boolean
  readonly busy: boolean
  readonly trouble: Trouble | null
  readonly onSave: () => void
  readonly onCancel: () => void
  readonly children: ReactNode
}

/** A block of the case while it is corrected, in the place where it is read. Ctrl+Enter saves, Esc leaves. */
export function EditorCard(props: EditorCardProps) {
  const { title, reason, onReason, reasonError, reasonHint, reasonRequired, busy, trouble, onSave, onCancel } = props
  const { t } = useTranslation('common')
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
    if (event.key === 'Escape') onCancel()
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
        {props.children}
        <TextField
          label={t('reason')}
          hint={reasonHint ?? t('reasonHint')}
          error={reasonError}
          required={reasonRequired}
          requiredText={t('required')}
          maxLength={400}
          value={reason}
          onChange={onReason}
        />
        {trouble && (
          <Banner tone={trouble.refusal?.type === 'FieldChangedMeanwhile' ? 'warn' : 'bad'}>{trouble.text}</Banner>
        )}
        <div className="editor__actions">
          <Button onClick={onCancel} kbd="Esc">
            {t('cancel')}
          </Button>
          <Button kind="primary" type="submit" busy={busy} kbd="Ctrl+Enter">
            {t('save')}
          </Button>
        </div>
      </form>
    </Card>
  )
}
