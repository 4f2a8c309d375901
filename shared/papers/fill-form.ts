import { err, ok, type Result } from '#shared/foundation/result.ts'
import { type FormTemplate, valuesOf } from './form-template.ts'
import type { PaperPart } from './paper.ts'

/** What a form shows, by name, as text that stands on the paper. */
export type FormValues = Readonly<Record<string, string>>

/** The form shows something that nobody gives it: an office's own template names a value that there is not. */
export interface ValueUnknown {
  readonly type: 'ValueUnknown'
  readonly value: string
}

/** A sheet for each record, or a register with a line for each. */
export function fillForm(form: FormTemplate, records: readonly FormValues[]): Result<PaperPart[], ValueUnknown> {
  const unknown = valuesOf(form).find((name) => records.some((record) => record[name] === undefined))
  if (unknown !== undefined) return err({ type: 'ValueUnknown', value: unknown })
  const textOf = (record: FormValues, { value }: { readonly value: string }): string => record[value] ?? ''
  if (form.kind === 'sheet') {
    return ok(
      records.map((record) => ({
        kind: 'sheet',
        title: null,
        rows: form.rows.map((cells) => cells.map((cell) => ({ label: cell.label, text: textOf(record, cell) })))
      }))
    )
  }
  const columns = form.columns.map(({ label, width }) => ({ label, width, align: 'left' as const }))
  const rows = records.map((record) => form.columns.map((column) => textOf(record, column)))
  const none = form.columns.map((_, at) => (at === 0 ? NONE : ''))
  return ok([{ kind: 'table', title: null, columns, rows: rows.length === 0 ? [none] : rows, note: null }])
}

const NONE = '없음'
