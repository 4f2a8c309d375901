import { Field, type FieldTexts } from './field.tsx'
import { Icon } from './icons.tsx'
import './select.css'

export interface Choice<V extends string> {
  value: V
  label: string
}

interface SelectProps<V extends string> extends FieldTexts {
  choices: readonly Choice<V>[]
  /** '' when nothing is chosen yet. */
  value: V | ''
  onChange: (value: V) => void
  /** Shown while nothing is chosen. */
  placeholder?: string
  disabled?: boolean
}

export function Select<V extends string>({
  choices,
  value,
  onChange,
  placeholder,
  disabled,
  ...texts
}: SelectProps<V>) {
  return (
    <Field {...texts}>
      {(ids) => (
        <span className="select">
          <select
            {...ids}
            className="input"
            value={value}
            disabled={disabled}
            onChange={(event) => onChange(event.target.value as V)}
          >
            {value === '' && (
              <option value="" disabled>
                {placeholder}
              </option>
            )}
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </select>
          <Icon name="down" size={16} />
        </span>
      )}
    </Field>
  )
}

interface FilterSelectProps<V extends string> {
  /** What is filtered, for screen readers. */
  label: string
  /** The choice that filters nothing: `서비스 전체`. */
  all: string
  choices: readonly Choice<V>[]
  value: V | null
  onChange: (value: V | null) => void
  disabled?: boolean
}

/** A filter as a chip: tinted while it filters. */
export function FilterSelect<V extends string>({
  label,
  all,
  choices,
  value,
  onChange,
  disabled
}: FilterSelectProps<V>) {
  return (
    <span className={value === null ? 'chip-select' : 'chip-select chip-select--on'}>
      <select
        aria-label={label}
        value={value ?? ''}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value === '' ? null : (event.target.value as V))}
      >
        <option value="">{all}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      <Icon name="down" size={14} />
    </span>
  )
}

interface ChipProps {
  pressed: boolean
  onToggle: () => void
  disabled?: boolean
  children: string
}

/** A filter that is on or off. */
export function FilterChip({ pressed, onToggle, disabled, children }: ChipProps) {
  return (
    <button
      type="button"
      className={pressed ? 'chip chip--on' : 'chip'}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onToggle}
    >
      {children}
    </button>
  )
}

/** A filter that is in force and can be taken away. */
export function RemovableChip({
  onRemove,
  removeLabel,
  children
}: {
  onRemove: () => void
  removeLabel: string
  children: string
}) {
  return (
    <button type="button" className="chip chip--on" onClick={onRemove} aria-label={removeLabel} title={removeLabel}>
      <span className="chip__text">{children}</span>
      <Icon name="close" size={14} />
    </button>
  )
}
