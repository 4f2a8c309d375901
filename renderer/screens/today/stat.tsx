import type { ReactNode } from 'react'
import { formatCount } from '../../i18n/format.ts'

interface StatProps {
  readonly count: number
  readonly label: string
  readonly tone?: 'bad'
  readonly onShow?: () => void
}

/** A number that matters today; a button where it leads somewhere. */
export function Stat({ count, label, tone, onShow }: StatProps) {
  const content: ReactNode = (
    <>
      <b className={tone && count > 0 ? 'stat__count stat__count--bad' : 'stat__count'}>{formatCount(count)}</b>
      <span className="stat__label">{label}</span>
    </>
  )
  return onShow ? (
    <button type="button" className="stat stat--button" onClick={onShow}>
      {content}
    </button>
  ) : (
    <div className="stat">{content}</div>
  )
}
