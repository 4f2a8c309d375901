import { assertNever } from '#shared/foundation/assert-never.ts'
import { APPROVALS_TITLE, type ApprovalCell, type Paper, type PaperPart } from '#shared/papers/paper.ts'
import { numbered } from './numbered.ts'
import './paper.css'

/** The pieces of an official paper, on the screen as on the printed page. */

export function PaperHead({ paper: { edition, title, approvals } }: { paper: Paper }) {
  return (
    <>
      {edition !== null && <p className="paper__edition">[{edition}]</p>}
      <header className="paper__head">
        <h1>{title}</h1>
        {approvals.length > 0 && <Approvals cells={approvals} />}
      </header>
    </>
  )
}

/** 결재란. */
function Approvals({ cells }: { cells: readonly ApprovalCell[] }) {
  return (
    <table className="paper__approvals">
      <thead>
        <tr>
          <th rowSpan={2} scope="rowgroup" className="paper__approvals-name">
            {APPROVALS_TITLE}
          </th>
          {cells.map(({ post }) => (
            <th key={post} scope="col">
              {post}
            </th>
          ))}
        </tr>
        <tr>
          {cells.map(({ post, signed }) => (
            <td key={post}>
              <strong>{signed?.name}</strong>
              <span>{signed?.on}</span>
            </td>
          ))}
        </tr>
      </thead>
    </table>
  )
}

export interface Rows {
  readonly from: number
  readonly to: number
}

export const rowsIn = (part: PaperPart): number => (part.kind === 'closing' ? 1 : part.rows.length)

/** These rows of a part; its title stands with the first, its note with the last. */
export function PartView({ part, rows }: { part: PaperPart; rows: Rows }) {
  const isStart = rows.from === 0
  const isEnd = rows.to === rowsIn(part)
  switch (part.kind) {
    case 'sheet':
      return (
        <section className="paper__part">
          {isStart && <PartTitle title={part.title} />}
          <Sheet part={part} rows={rows} />
        </section>
      )
    case 'table':
      return (
        <section className="paper__part">
          {isStart && <PartTitle title={part.title} />}
          <Table part={part} rows={rows} />
          {isEnd && part.note !== null && <p className="paper__note">{part.note}</p>}
        </section>
      )
    case 'closing':
      return (
        <section className="paper__part">
          <Closing part={part} />
        </section>
      )
    default:
      return assertNever(part)
  }
}

const PartTitle = ({ title }: { title: string | null }) => title !== null && <h2>{title}</h2>

function Sheet({ part, rows: { from, to } }: { part: PaperPart & { kind: 'sheet' }; rows: Rows }) {
  return (
    <table className="paper__sheet">
      <tbody>
        {part.rows.slice(from, to).map((cells) => (
          <tr key={cells.map(({ label }) => label).join()} data-row="">
            {cells.map(({ label, text }) => (
              <SheetCell key={label} label={label} text={text} isWide={cells.length === 1} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function SheetCell({ label, text, isWide }: { label: string; text: string; isWide: boolean }) {
  return (
    <>
      <th scope="row">{label}</th>
      <td colSpan={isWide ? 3 : 1}>{text}</td>
    </>
  )
}

function Table({
  part: { columns, rows: all },
  rows: { from, to }
}: {
  part: PaperPart & { kind: 'table' }
  rows: Rows
}) {
  return (
    <table className="paper__table">
      <colgroup>
        {columns.map(({ label, width }) => (
          <col key={label} style={{ width: `${width}%` }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map(({ label, align }) => (
            <th key={label} scope="col" data-align={align}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {numbered(all.slice(from, to)).map(({ no, item: row }) => (
          <tr key={no} data-row="">
            {columns.map(({ label, align }, column) => (
              <td key={label} data-align={align}>
                {row[column]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Closing({ part: { text, on, post, name, note } }: { part: PaperPart & { kind: 'closing' } }) {
  return (
    <div className="paper__closing" data-row="">
      <p>{text}</p>
      <p className="paper__closing-day">{on}</p>
      <p className="paper__closing-name">
        {post} <strong>{name}</strong>
      </p>
      {note !== null && <p className="paper__note">{note}</p>}
    </div>
  )
}
