import type { ComponentProps, Ref } from 'react'
import { Field, type FieldTexts } from './field.tsx'

interface TextFieldProps
  extends FieldTexts,
    Pick<
      ComponentProps<'input'>,
      'name' | 'placeholder' | 'maxLength' | 'autoComplete' | 'inputMode' | 'disabled' | 'onBlur' | 'onKeyDown'
    > {
  value: string
  onChange: (value: string) => void
  type?: 'text' | 'password' | 'email' | 'tel' | 'url'
  ref?: Ref<HTMLInputElement>
}

export function TextField({
  label,
  hint,
  error,
  warning,
  required,
  requiredText,
  value,
  onChange,
  ...input
}: TextFieldProps) {
  return (
    <Field {...{ label, hint, error, warning, required, requiredText }}>
      {(ids) => (
        <input
          autoComplete="off"
          spellCheck={false}
          type="text"
          {...input}
          {...ids}
          className="input"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

interface TextAreaFieldProps extends FieldTexts {
  value: string
  onChange: (value: string) => void
  maxLength?: number
  rows?: number
}

export function TextAreaField({ value, onChange, maxLength, rows = 3, ...texts }: TextAreaFieldProps) {
  return (
    <Field {...texts}>
      {(ids) => (
        <textarea
          {...ids}
          className="input"
          spellCheck={false}
          rows={rows}
          maxLength={maxLength}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
