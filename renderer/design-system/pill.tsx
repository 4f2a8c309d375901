import type { ReactNode } from 'react'
import './pill.css'

export type Tone = 'plain' | 'info' | 'ok' | 'warn' | 'bad'

/** A short state in a tinted lozenge. The word says it; the tint only helps. */
export function Pill({ tone = 'plain', dot = false, children }: { tone?: Tone; dot?: boolean; children: ReactNode }) {
  return (
    <span className={`pill pill--${tone}`}>
      {dot && <span className="pill__dot" />}
      {children}
    </span>
  )
}

/** A number beside a word of the navigation or a tab. */
export function Badge({ tone = 'plain', children }: { tone?: 'plain' | 'bad'; children: ReactNode }) {
  return <span className={`badge badge--${tone}`}>{children}</span>
}
