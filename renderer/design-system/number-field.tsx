import type { ReactNode } from 'react'
import { Field, type FieldTexts } from './field.tsx'

interface NumberFieldProps extends FieldTexts {
  /** Digits only, as kept: `1500000`. Empty when nothing is typed. */
  value: string
  onChange: (digits: string) => void
  /** What is counted: 원, 명. */
  unit?: ReactNode
  maxDigits?: number
  /** Shows thousands groups while typing. */
  grouped?: boolean
}

const withGroups = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',')

/** A whole number. Pasted text keeps its digits: `1,500,000원` is fine. */
export function NumberField({ value, onChange, unit, maxDigits = 12, grouped = true, ...texts }: NumberFieldProps) {
  return (
    <Field {...texts}>
      {(ids) => (
        <span className="input-with-unit">
          <input
            {...ids}
            className="input input--number"
            inputMode="numeric"
            autoComplete="off"
            value={grouped ? withGroups(value) : value}
            onChange={(event) => onChange(event.target.value.replace(/\D/g, '').slice(0, maxDigits))}
          />
          {unit && <span>{unit}</span>}
        </span>
      )}
    </Field>
  )
}
