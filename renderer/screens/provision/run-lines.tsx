import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProvisionLineView } from '#shared/ipc/provision-views.ts'
import { touchesProvisions, useAsked } from '../../api/use-asked.ts'
import { Button, TextButton } from '../../design-system/button.tsx'
import { TableHead } from '../../design-system/table.tsx'
import { formatDay } from '../../i18n/format.ts'
import { goTo } from '../../view-state/navigation.ts'

/** 제공 대장 of a run, a page at a time: her number in the file, her case, and what became of it at the recipient. */
export function RunLines({ runId }: { runId: string }) {
  const { t } = useTranslation('provision')
  const [before, setBefore] = useState<readonly number[]>([])
  const after = before.at(-1) ?? 0
  const page = useAsked('provision.lines', { runId, after }, { again: touchesProvisions }).value
  if (page === undefined) return null
  const { lines, next } = page
  return (
    <section className="provision-lines" aria-label={t('lines.title')}>
      <table className="table" aria-label={t('lines.title')}>
        <TableHead
          heads={[
            { words: t('lines.no'), className: 'provision-lines__no' },
            { words: t('lines.case'), className: 'provision-lines__case' },
            { words: t('lines.standing') }
          ]}
        />
        <tbody>
          {lines.map((line) => (
            <tr key={line.caseId}>
              <td>{line.no}</td>
              <td>
                <CaseLink line={line} />
              </td>
              <td>
                <LineStanding line={line} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {(next !== null || before.length > 0) && (
        <div className="office-pane__acts">
          <div className="bar">
            <Button size="small" disabled={before.length === 0} onClick={() => setBefore(before.slice(0, -1))}>
              {t('lines.previous')}
            </Button>
            <Button size="small" disabled={next === null} onClick={() => next !== null && setBefore([...before, next])}>
              {t('lines.next')}
            </Button>
          </div>
        </div>
      )}
    </section>
  )
}

function CaseLink({ line: { caseId, applicationNo } }: { line: ProvisionLineView }) {
  const { t } = useTranslation('provision')
  if (applicationNo === null) return <span className="faint">{t('lines.gone')}</span>
  return <TextButton onClick={() => goTo({ screen: 'case', caseId })}>{applicationNo}</TextButton>
}

/** What matters last: a proof, a letter that was sent, a withdrawal; nothing while all is as it was given. */
export function LineStanding({
  line: { proven, asked, withdrawnOn }
}: {
  line: Pick<ProvisionLineView, 'proven' | 'asked' | 'withdrawnOn'>
}) {
  const { t } = useTranslation('provision')
  if (proven) return t('lines.proven', { day: formatDay(proven.on), document: proven.document })
  if (asked) return t('lines.asked', { day: formatDay(asked.on), document: asked.document })
  if (withdrawnOn) return <strong>{t('lines.withdrawn', { day: formatDay(withdrawnOn) })}</strong>
  return t('lines.given')
}
