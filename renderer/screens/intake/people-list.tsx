import { type ClipboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../design-system/button.tsx'
import { parseTypedDay } from '../../design-system/typed-date.ts'
import { useToday } from '../../view-state/clock.ts'
import { addRow, removeRow } from './intake-edits.ts'
import { LIST_LIMITS, type ListName } from './intake-form.ts'
import { editIntake } from './intake-state.ts'
import { isTable, type PastedPerson, pastedPeople } from './pasted-rows.ts'
import './people-list.css'

interface PeopleListProps<Row extends { readonly key: number }> {
  list: ListName
  rows: readonly Row[]
  /** The fields of one person, in the order of the columns. */
  fields: (row: Row) => ReactNode
  /** Rows copied out of a spreadsheet were pasted into this person. */
  onPaste: (key: number, people: readonly PastedPerson[]) => void
  actions?: ReactNode
  empty: string
}

/** People as rows: the labels stand over the first only, but every field has its own for a screen reader. */
export function PeopleList<Row extends { readonly key: number }>(props: PeopleListProps<Row>) {
  const { list, rows, fields, onPaste, actions, empty } = props
  const { t } = useTranslation('intake')
  const today = useToday()
  const place = useRef<HTMLDivElement>(null)
  useFocusOnNewRow(place, rows.length)

  const paste = (event: ClipboardEvent, key: number): void => {
    const text = event.clipboardData.getData('text/plain')
    if (!isTable(text)) return
    event.preventDefault()
    onPaste(key, pastedPeople({ parseDay: (cell) => parseTypedDay(cell, today) }, text))
  }

  return (
    <div className="people" ref={place}>
      {rows.map((row, index) => (
        <fieldset
          key={row.key}
          className={`people__row people__row--${list}`}
          onPaste={(event) => paste(event, row.key)}
        >
          <legend className="visually-hidden">{t('people.row', { list: t(`section.${list}`), n: index + 1 })}</legend>
          <span className="people__no" aria-hidden="true">
            {index + 1}
          </span>
          {fields(row)}
          <span className="people__remove">
            <IconButton
              icon="close"
              label={t('people.remove', { n: index + 1 })}
              onClick={() => editIntake(removeRow(list, row.key))}
            />
          </span>
        </fieldset>
      ))}
      {rows.length === 0 && <p className="faint">{empty}</p>}
      <div className="bar">
        <Button
          size="small"
          icon="plus"
          disabled={rows.length >= LIST_LIMITS[list]}
          onClick={() => editIntake(addRow(list))}
        >
          {t(`people.add.${list}`)}
        </Button>
        {actions}
        {rows.length > 0 && <span className="faint">{t('people.pasteHint')}</span>}
      </div>
    </div>
  )
}

/** A row that was just added takes the cursor into its first field. */
function useFocusOnNewRow(place: { current: HTMLElement | null }, count: number): void {
  const before = useRef(count)
  useEffect(() => {
    const grew = count === before.current + 1
    before.current = count
    const isAdding = place.current?.contains(document.activeElement) ?? false
    if (!grew || !isAdding) return
    const rows = place.current?.querySelectorAll('.people__row')
    rows?.[rows.length - 1]?.querySelector('input')?.focus()
  }, [place, count])
}
