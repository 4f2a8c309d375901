import { err, ok, type Result } from '#shared/foundation/result.ts'
import { type FormTemplate, valuesOf } from './form-template.ts'
import { type Html, html } from './html.ts'

/** What a form shows, by name, as text that stands on the paper. */
export type FormValues = Readonly<Record<string, string>>

/** 결재란: who signs in which post; null: not yet. */
export interface ApprovalCell {
  readonly post: string
  readonly signed: { readonly name: string; readonly on: string } | null
}

/** The form shows something that nobody gives it: an office's own template names a value that there is not. */
export interface ValueUnknown {
  readonly type: 'ValueUnknown'
  readonly value: string
}

/** A sheet with its values, or a register with a line for each record. */
export function renderForm(
  form: FormTemplate,
  { records, approvals }: { readonly records: readonly FormValues[]; readonly approvals: readonly ApprovalCell[] }
): Result<Html, ValueUnknown> {
  const unknown = valuesOf(form).find((name) => records.some((record) => record[name] === undefined))
  if (unknown !== undefined) return err({ type: 'ValueUnknown', value: unknown })
  return ok(html`<section class="form">
    <p class="edition">[${form.edition}]</p>
    <header><h1>${form.title}</h1>${approvalBox(approvals)}</header>
    ${form.kind === 'sheet' ? records.map((record) => sheet(form, record)) : register(form, records)}
  </section>`)
}

const approvalBox = (cells: readonly ApprovalCell[]): Html | null =>
  cells.length === 0
    ? null
    : html`<table class="approvals"><caption>결재</caption>
        <thead><tr>${cells.map(({ post }) => html`<th scope="col">${post}</th>`)}</tr></thead>
        <tbody><tr>${cells.map(({ signed }) => html`<td>${signed?.name ?? ''}<br>${signed?.on ?? ''}</td>`)}</tr></tbody>
      </table>`

const WHOLE_ROW = 3

const sheet = ({ title, rows }: FormTemplate & { kind: 'sheet' }, values: FormValues): Html =>
  html`<table class="sheet"><caption>${title}</caption><tbody>${rows.map(
    (cells) =>
      html`<tr>${cells.map(
        ({ label, value }) =>
          html`<th scope="row">${lines(label)}</th><td colspan="${cells.length === 1 ? WHOLE_ROW : 1}">${lines(values[value] ?? '')}</td>`
      )}</tr>`
  )}</tbody></table>`

const register = ({ title, columns }: FormTemplate & { kind: 'register' }, records: readonly FormValues[]): Html =>
  html`<table class="register"><caption>${title}</caption>
    <colgroup>${columns.map(({ width }) => html`<col style="width:${width}%">`)}</colgroup>
    <thead><tr>${columns.map(({ label }) => html`<th scope="col">${label}</th>`)}</tr></thead>
    <tbody>${records.map(
      (record) => html`<tr>${columns.map(({ value }) => html`<td>${lines(record[value] ?? '')}</td>`)}</tr>`
    )}</tbody>
  </table>`

const lines = (text: string): readonly Html[] =>
  text.split('\n').map((line, at) => html`${at > 0 ? html`<br>` : null}${line}`)
