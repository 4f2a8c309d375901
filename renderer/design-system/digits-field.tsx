import { type ChangeEvent, useLayoutEffect, useRef, useState } from 'react'
import { Field, type FieldTexts } from './field.tsx'

interface DigitsFieldProps extends FieldTexts {
  /** Digits only, as kept. */
  value: string
  onChange: (digits: string) => void
  maxDigits: number
  /** How the digits are written, also while they are being typed: `010-1234`. */
  format?: (digits: string) => string
  /** How they are written while the field is left alone: `900101-1******`. */
  mask?: (digits: string) => string
  /** What to keep of a typed or pasted text. */
  clean?: (typed: string) => string
  placeholder?: string
  disabled?: boolean
}

const asTyped = (digits: string): string => digits
const digitsOf = (typed: string): string => typed.normalize('NFKC').replace(/\D/g, '')

/** A number that is a name and not a quantity: written in groups while it is typed, the caret staying where it was. */
export function DigitsField(props: DigitsFieldProps) {
  const {
    value,
    onChange,
    maxDigits,
    format = asTyped,
    mask,
    clean = digitsOf,
    placeholder,
    disabled,
    ...texts
  } = props
  const input = useRef<HTMLInputElement>(null)
  const digitsBeforeCaret = useRef<number | null>(null)
  const [focused, setFocused] = useState(false)
  const shown = focused || !mask ? format(value) : mask(value)

  useLayoutEffect(() => {
    const count = digitsBeforeCaret.current
    digitsBeforeCaret.current = null
    if (count === null) return
    const caret = placeAfterDigits(shown, count)
    input.current?.setSelectionRange(caret, caret)
  }, [shown])

  const change = ({ target }: ChangeEvent<HTMLInputElement>): void => {
    digitsBeforeCaret.current = clean(target.value.slice(0, target.selectionStart ?? target.value.length)).length
    onChange(clean(target.value).slice(0, maxDigits))
  }

  return (
    <Field {...texts}>
      {(ids) => (
        <input
          {...ids}
          ref={input}
          className="input input--digits"
          type="text"
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          disabled={disabled}
          value={shown}
          onChange={change}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
        />
      )}
    </Field>
  )
}

function placeAfterDigits(text: string, count: number): number {
  let seen = 0
  for (let place = 0; place < text.length; place += 1) {
    if (seen === count) return place
    if (/\d/.test(text.charAt(place))) seen += 1
  }
  return text.length
}
