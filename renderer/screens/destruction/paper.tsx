import { useTranslation } from 'react-i18next'
import type { BatchRequest } from '#shared/domain/destruction/destruction-batch.ts'
import type { BatchPaper } from '#shared/ipc/destruction-views.ts'
import { useAsked } from '../../api/use-asked.ts'
import { Skeleton } from '../../design-system/states.tsx'

/** 별지 4 as the official paper will show it; with a request that is not made yet. Official papers are in Korean alone. */
export function Paper({ batchId, request }: { batchId: string; request: BatchRequest | null }) {
  const { t } = useTranslation('destruction')
  const paper = useAsked('destruction.paper', { batchId, request }).value
  return paper ? <PaperSheet paper={paper} /> : <Skeleton lines={6} label={t('paper.loading')} />
}

function PaperSheet({ paper: { form, values, approvals } }: { paper: BatchPaper }) {
  const { t } = useTranslation('destruction')
  if (form.kind !== 'sheet') throw new Error('a request is one sheet')
  return (
    <section className="paper" lang="ko" aria-label={t('paper.label')}>
      <p className="faint">{form.edition}</p>
      <header className="paper__head">
        <h3>{form.title}</h3>
        <table className="approvals">
          <tbody>
            <tr>
              {approvals.map(({ post }) => (
                <th key={post} scope="col">
                  {post}
                </th>
              ))}
            </tr>
            <tr>
              {approvals.map(({ post, signed }) => (
                <td key={post}>
                  <strong>{signed?.name}</strong>
                  <span className="faint">{signed?.on ?? '—'}</span>
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </header>
      <table className="paper__sheet">
        <tbody>
          {form.rows.map((row) => (
            <tr key={row.map(({ value }) => value).join()}>
              {row.map(({ label, value }) => (
                <Cell key={value} label={label} text={values[value] ?? ''} isWide={row.length === 1} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Cell({ label, text, isWide }: { label: string; text: string; isWide: boolean }) {
  return (
    <>
      <th scope="row">{label}</th>
      <td colSpan={isWide ? 3 : 1}>{text}</td>
    </>
  )
}
