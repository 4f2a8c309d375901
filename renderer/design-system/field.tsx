import { type ReactNode, useId } from 'react'
import './field.css'
import { Icon } from './icons.tsx'

export interface FieldTexts {
  label: ReactNode
  /** How to fill it in. */
  hint?: ReactNode | undefined
  /** What is wrong and what to do about it. */
  error?: ReactNode | undefined
  /** A remark that does not stop anybody: an unusual number. */
  warning?: ReactNode | undefined
  required?: boolean | undefined
  /** The word for "필수", read out and shown. */
  requiredText?: string | undefined
}

/** The ids that tie a control to its label, hint and error. */
export interface FieldIds {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
  'aria-required': true | undefined
}

interface FieldProps extends FieldTexts {
  children: (ids: FieldIds) => ReactNode
}

/** Label, control, hint and error of one field, tied together for screen readers. */
export function Field({ label, hint, error, warning, required, requiredText, children }: FieldProps) {
  const id = useId()
  const described = [error && `${id}-error`, warning && `${id}-warning`, hint && `${id}-hint`].filter(Boolean)
  return (
    <div className={error ? 'field field--invalid' : 'field'}>
      <label className="field__label" htmlFor={id}>
        {label}
        {required && (
          <span className="field__required" title={requiredText}>
            {requiredText ?? '*'}
          </span>
        )}
      </label>
      {children({
        id,
        'aria-describedby': described.length ? described.join(' ') : undefined,
        'aria-invalid': error ? true : undefined,
        'aria-required': required || undefined
      })}
      {error && (
        <p className="field__error" id={`${id}-error`}>
          <Icon name="warning" size={14} /> {error}
        </p>
      )}
      {warning && (
        <p className="field__warning" id={`${id}-warning`}>
          <Icon name="info" size={14} /> {warning}
        </p>
      )}
      {hint && (
        <p className="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

/** Fields that belong together under one name: an address, an account. */
export function FieldGroup({ legend, hint, children }: { legend: ReactNode; hint?: ReactNode; children: ReactNode }) {
  return (
    <fieldset className="field-group">
      <legend>{legend}</legend>
      {hint && <p className="field__hint">{hint}</p>}
      {children}
    </fieldset>
  )
}
