import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OpenCode } from '#shared/ipc/office-views.ts'
import { Button } from '../../design-system/button.tsx'
import { EmptyState } from '../../design-system/states.tsx'
import { useElapsed } from '../../i18n/elapsed.ts'
import { formatCount, formatInstant } from '../../i18n/format.ts'
import { OfficeScreen } from '../../office/office-screen.tsx'
import { type Column, RecordTable } from '../../office/record-table.tsx'
import { useOffice, useOfficeAct } from '../../office/use-office.ts'
import { useKeys } from '../../view-state/keymap.ts'
import { IssueCodeDialog } from './issue-code-dialog.tsx'

/** 등록 코드: what was given out and not yet used. The codes themselves are not kept. */
export function CodesScreen() {
  const { t } = useTranslation('office')
  const view = useOffice('office.openCodes')
  const [issuing, setIssuing] = useState(false)
  const issue = (): void => setIssuing(true)
  useKeys('here', [{ keys: 'F2', label: t('codes.issue'), run: issue, hint: true }])
  return (
    <OfficeScreen
      title={t('codes.title')}
      note={view.value && t('codes.count', { n: formatCount(view.value.length) })}
      view={view}
      actions={
        <Button kind="primary" icon="plus" kbd="F2" onClick={issue}>
          {t('codes.issue')}
        </Button>
      }
    >
      {(codes) => (
        <>
          {codes.length === 0 ? (
            <EmptyState icon="code" title={t('codes.empty.title')}>
              {t('codes.empty.text')}
            </EmptyState>
          ) : (
            <div className="card office-card">
              <CodeTable codes={codes} onChanged={view.reload} />
            </div>
          )}
          {issuing && <IssueCodeDialog onClose={() => setIssuing(false)} onIssued={view.reload} />}
        </>
      )}
    </OfficeScreen>
  )
}

function CodeTable({ codes, onChanged }: { codes: readonly OpenCode[]; onChanged: () => void }) {
  const { t } = useTranslation('office')
  const elapsed = useElapsed()
  const act = useOfficeAct()
  const withdraw = async (code: OpenCode): Promise<void> => {
    await act('office.withdrawCode', { codeId: code.id }, t('codes.withdrawn'))
    onChanged()
  }
  const noteOf = ({ note }: OpenCode): string => note || t('codes.noNote')
  const columns: readonly Column<OpenCode>[] = [
    {
      key: 'note',
      head: t('codes.column.note'),
      cell: (code) =>
        code.note ? <strong title={code.note}>{code.note}</strong> : <span className="faint">{noteOf(code)}</span>
    },
    { key: 'issuedBy', head: t('codes.column.issuedBy'), width: 140, minor: true, cell: ({ issuedBy }) => issuedBy },
    {
      key: 'issuedAt',
      head: t('codes.column.issuedAt'),
      width: 170,
      minor: true,
      cell: ({ issuedAt }) => formatInstant(issuedAt)
    },
    {
      key: 'expiresAt',
      head: t('codes.column.expiresAt'),
      width: 240,
      cell: ({ expiresAt }) => (
        <>
          {formatInstant(expiresAt)} <span className="faint">{elapsed(expiresAt)}</span>
        </>
      )
    },
    {
      key: 'withdraw',
      head: t('codes.column.withdraw'),
      width: 110,
      cell: (code) => (
        <Button
          size="small"
          kind="danger"
          aria-label={t('codes.withdrawOf', { note: noteOf(code) })}
          onClick={() => void withdraw(code)}
        >
          {t('codes.withdraw')}
        </Button>
      )
    }
  ]
  return <RecordTable label={t('codes.title')} columns={columns} rows={codes} idOf={({ id }) => id} />
}
