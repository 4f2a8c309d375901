import { useState } from 'react'
import { Field, type FieldTexts } from './field.tsx'
import { parseTypedDay } from './typed-date.ts'

interface DateFieldProps extends FieldTexts {
  /** `YYYY-MM-DD`, or '' when there is none. */
  value: string
  /** Called with a day, or with '' when the text is empty or no day. */
  onChange: (day: string) => void
  /** How a day is written on screen. */
  format: (day: string) => string
  today: string
  /** Said when the text is no day. */
  unreadable: string
}

/**
 * A day, typed. One text box instead of three segments: `20261122` is the fastest at a counter, and a day copied from
 * elsewhere can be pasted. The text takes its official form when the box is left.
 */
export function DateField({ value, onChange, format, today, unreadable, error, ...texts }: DateFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const [left, setLeft] = useState(false)
  const shown = typed ?? (value ? format(value) : '')
  const isUnreadable = left && typed !== null && typed.trim() !== '' && parseTypedDay(typed, today) === null

  const leave = (): void => {
    setLeft(true)
    if (typed === null || typed.trim() === '' || parseTypedDay(typed, today) !== null) setTyped(null)
  }

  return (
    <Field {...texts} error={isUnreadable ? unreadable : error}>
      {(ids) => (
        <input
          {...ids}
          className="input"
          inputMode="numeric"
          autoComplete="off"
          placeholder={format('2026-01-31').replace(/\d/g, '0')}
          value={shown}
          onFocus={() => setLeft(false)}
          onChange={(event) => {
            setTyped(event.target.value)
            onChange(parseTypedDay(event.target.value, today) ?? '')
          }}
          onBlur={leave}
        />
      )}
    </Field>
  )
}
