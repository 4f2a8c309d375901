import { type ReactNode, useId } from 'react'
import './field.css'
import { Icon } from './icons.tsx'
import type { Choice } from './select.tsx'

interface RadioGroupProps<V extends string> {
  label: ReactNode
  choices: readonly Choice<V>[]
  value: V | null
  onChange: (value: V) => void
  error?: ReactNode
  hint?: ReactNode
  disabled?: boolean
  /** Hides the label from sight when the text around already says it. */
  labelHidden?: boolean
}

/** One of a few. Nothing is chosen beforehand where the person has to answer. */
export function RadioGroup<V extends string>(props: RadioGroupProps<V>) {
  const { label, choices, value, onChange, error, hint, disabled, labelHidden = false } = props
  const id = useId()
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div
      className={error ? 'field field--invalid' : 'field'}
      role="radiogroup"
      aria-labelledby={`${id}-label`}
      aria-describedby={described || undefined}
      aria-invalid={error ? true : undefined}
    >
      <span className={labelHidden ? 'visually-hidden' : 'field__label'} id={`${id}-label`}>
        {label}
      </span>
      <div className="choices">
        {choices.map((choice) => (
          <label className="choice" key={choice.value}>
            <input
              type="radio"
              name={id}
              value={choice.value}
              checked={value === choice.value}
              disabled={disabled}
              onChange={() => onChange(choice.value)}
            />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
      {error && (
        <p className="field__error" id={`${id}-error`}>
          <Icon name="warning" size={14} /> {error}
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
