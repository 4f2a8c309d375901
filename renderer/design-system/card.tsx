import { type ReactNode, useId } from 'react'
import './card.css'

interface CardProps {
  title: ReactNode
  /** A few quiet words after the title. */
  note?: ReactNode
  /** Buttons at the right of the title. */
  actions?: ReactNode
  children: ReactNode
}

/** A titled block of a screen; a region to a screen reader. */
export function Card({ title, note, actions, children }: CardProps) {
  const titleId = useId()
  return (
    <section className="card" aria-labelledby={titleId}>
      <header className="card__head">
        <h2 id={titleId}>{title}</h2>
        {note && <span className="faint">{note}</span>}
        <span className="grow" />
        {actions}
      </header>
      {children}
    </section>
  )
}

/** A line of a card: what, and at the right how long, who or when. */
export function CardLine({ children, aside }: { children: ReactNode; aside?: ReactNode }) {
  return (
    <div className="card__line">
      <div className="card__line-main">{children}</div>
      {aside && <div className="card__line-aside">{aside}</div>}
    </div>
  )
}

/** Names and values in one or two columns. */
export function Facts({ columns = 1, children }: { columns?: 1 | 2; children: ReactNode }) {
  return <dl className={`facts facts--${columns}`}>{children}</dl>
}

export function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="facts__pair">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
