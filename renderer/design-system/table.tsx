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
