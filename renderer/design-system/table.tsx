import type { ReactNode } from 'react'
import './table.css'
import { Icon } from './icons.tsx'

interface SortHeaderProps {
  /** null: sorted by another column. */
  direction: 'ascending' | 'descending' | null
  onSort: () => void
  disabled?: boolean
  className?: string
  /** In pixels. */
  width?: number | undefined
  children: ReactNode
}

/** A column head that sorts when pressed. */
export function SortHeader({ direction, onSort, disabled, className, width, children }: SortHeaderProps) {
  return (
    <th
      scope="col"
      aria-sort={direction ?? 'none'}
      className={className}
      style={width === undefined ? undefined : { width }}
    >
      <button type="button" className="table__sort" onClick={onSort} disabled={disabled}>
        {children}
        <Icon name={direction === 'descending' ? 'down' : 'up'} size={14} />
      </button>
    </th>
  )
}

export interface ColumnHead {
  readonly words: string
  /** Gives the column its width; without one it takes what is left. */
  readonly className?: string
  /** Read out, not shown. */
  readonly isSpoken?: boolean
}

/** The heads of a table that does not sort. */
export function TableHead({ heads }: { heads: readonly ColumnHead[] }) {
  return (
    <thead>
      <tr>
        {heads.map(({ words, className, isSpoken }) => (
          <th key={words} scope="col" className={className}>
            {isSpoken ? <span className="visually-hidden">{words}</span> : words}
          </th>
        ))}
      </tr>
    </thead>
  )
}
