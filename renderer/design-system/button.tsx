import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import './button.css'
import { Icon, type IconName } from './icons.tsx'
import { Kbd } from './kbd.tsx'

/** `danger` leads to something that cannot be undone, `destroy` does it; `warn` stops something and keeps it. */
export type ButtonKind = 'primary' | 'outlined' | 'danger' | 'destroy' | 'warn' | 'quiet'

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  kind?: ButtonKind
  size?: 'small' | 'medium' | 'large'
  icon?: IconName
  /** The key that does the same, shown on the button. */
  kbd?: string
  /** The work goes on: the button cannot be pressed again, its text stays. */
  busy?: boolean
  ref?: Ref<HTMLButtonElement>
  children: ReactNode
}

export function Button({
  kind = 'outlined',
  size = 'medium',
  icon,
  kbd,
  busy = false,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`button button--${kind} button--${size}`}
      aria-busy={busy || undefined}
      disabled={rest.disabled || busy}
    >
      {icon && <Icon name={icon} size={16} />}
      <span>{children}</span>
      {kbd && <Kbd>{kbd}</Kbd>}
    </button>
  )
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  icon: IconName
  /** What it does, for screen readers and as the tooltip. */
  label: string
  ref?: Ref<HTMLButtonElement>
}

export function IconButton({ icon, label, ...rest }: IconButtonProps) {
  return (
    <button type="button" title={label} {...rest} className="icon-button" aria-label={label}>
      <Icon name={icon} size={18} />
    </button>
  )
}

/** A word in running text that does something: `보기`. */
export function TextButton({ children, ...rest }: Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'>) {
  return (
    <button type="button" {...rest} className="text-button">
      {children}
    </button>
  )
}
