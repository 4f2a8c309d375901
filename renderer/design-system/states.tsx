import type { ReactNode } from 'react'
import './states.css'
import { Icon, type IconName } from './icons.tsx'

interface StateProps {
  icon?: IconName
  title: ReactNode
  children?: ReactNode
  /** The way out: what to press. */
  action?: ReactNode
}

/** Nothing to show, and what to do now. */
export function EmptyState({ icon = 'list', title, children, action }: StateProps) {
  return (
    <div className="state">
      <span className="state__icon">
        <Icon name={icon} size={28} />
      </span>
      <p className="state__title">{title}</p>
      {children && <p className="state__text">{children}</p>}
      {action}
    </div>
  )
}

/** Something went wrong, and the way out. Read out at once. */
export function ErrorState({ icon = 'warning', title, children, action }: StateProps) {
  return (
    <div className="state state--error" role="alert">
      <span className="state__icon">
        <Icon name={icon} size={28} />
      </span>
      <p className="state__title">{title}</p>
      {children && <p className="state__text">{children}</p>}
      {action}
    </div>
  )
}

/** Grey lines in the place of what is on its way; they show only when it takes longer than a glance. */
export function Skeleton({ lines, label }: { lines: number; label: string }) {
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: lines }, (_, line) => `line-${line}`).map((line) => (
        <span key={line} className="skeleton__line" />
      ))}
    </div>
  )
}

export function Banner({
  tone = 'info',
  icon,
  children
}: {
  tone?: 'info' | 'warn' | 'bad' | 'ok'
  icon?: IconName
  children: ReactNode
}) {
  return (
    <div className={`banner banner--${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      {icon && <Icon name={icon} size={18} />}
      <div>{children}</div>
    </div>
  )
}
