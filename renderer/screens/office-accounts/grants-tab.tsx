import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountEntry, GrantEntry, GrantTerms } from '#shared/ipc/office-views.ts'
import { useAsked } from '../../api/use-asked.ts'
import { CentreAnswer } from '../../centre/centre-frame.tsx'
import { Button, IconButton } from '../../design-system/button.tsx'
import { Fact, Facts } from '../../design-system/card.tsx'
import { Pill, type Tone } from '../../design-system/pill.tsx'
import { formatCount, formatInstant } from '../../i18n/format.ts'
import { useOfficeFailureText } from '../../office/office-failure.ts'
import { type Column, RecordTable } from '../../office/record-table.tsx'
import { useTermsText } from './terms-text.ts'

const TONES: Record<GrantEntry['kind'], Tone> = { given: 'ok', given_again: 'ok', changed: 'info', revoked: 'warn' }

/** 권한 관리대장: every change of somebody's rights, the newest first. */
export function GrantsTab({ accounts }: { accounts: readonly AccountEntry[] }) {
  const { t } = useTranslation('common')
  const failureText = useOfficeFailureText()
  /** Where each page began, the first one at null. */
  const [begins, setBegins] = useState<readonly (number | null)[]>([null])
  const { value, failure, reload } = useAsked('office.grants', { before: begins.at(-1) ?? null })
  const silence = failure && {
    words: failureText(failure),
    isOffline: failure.type === 'CentreUnreachable',
    wayOut: <Button onClick={reload}>{t('retry')}</Button>
  }
  return (
    <CentreAnswer value={value} silence={silence}>
      {({ entries, next }) => (
        <Entries
          entries={entries}
          accounts={accounts}
          back={begins.length > 1 ? () => setBegins(begins.slice(0, -1)) : null}
          on={next === null ? null : () => setBegins([...begins, next])}
        />
      )}
    </CentreAnswer>
  )
}

interface EntriesProps {
  entries: readonly GrantEntry[]
  accounts: readonly AccountEntry[]
  back: (() => void) | null
  on: (() => void) | null
}

function Entries({ entries, accounts, back, on }: EntriesProps) {
  const { t } = useTranslation('office')
  const columns = useGrantColumns(accounts)
  const [chosenId, setChosenId] = useState<string | null>(null)
  const chosen = entries.find(({ id }) => id === chosenId) ?? entries[0]
  return (
    <div className="office-columns">
      <div className="card office-card">
        <RecordTable
          label={t('grants.register')}
          columns={columns}
          rows={entries}
          idOf={({ id }) => id}
          selectedId={chosen?.id ?? null}
          onSelect={setChosenId}
        />
        <nav className="paging" aria-label={t('grants.pages')}>
          <span className="paging__range">{t('grants.count', { n: formatCount(entries.length) })}</span>
          <IconButton icon="left" label={t('grants.newer')} disabled={back === null} onClick={() => back?.()} />
          <IconButton icon="right" label={t('grants.older')} disabled={on === null} onClick={() => on?.()} />
        </nav>
      </div>
      {chosen && <EntryPane entry={chosen} accounts={accounts} />}
    </div>
  )
}

const nameIn = (accounts: readonly AccountEntry[], id: string | null, nobody: string): string =>
  id === null ? nobody : (accounts.find((account) => account.id === id)?.displayName ?? nobody)

function useGrantColumns(accounts: readonly AccountEntry[]): readonly Column<GrantEntry>[] {
  const { t } = useTranslation('office')
  return [
    { key: 'at', head: t('grants.column.at'), width: 166, cell: ({ at }) => formatInstant(at) },
    {
      key: 'kind',
      head: t('grants.column.kind'),
      width: 104,
      cell: ({ kind }) => <Pill tone={TONES[kind]}>{t(`grants.kind.${kind}`)}</Pill>
    },
    {
      key: 'who',
      head: t('grants.column.who'),
      width: 170,
      cell: ({ displayName, login }) => (
        <>
          <strong>{displayName}</strong> <span className="faint">{login}</span>
        </>
      )
    },
    { key: 'reason', head: t('grants.reason'), cell: ({ reason }) => <span title={reason}>{reason}</span> },
    {
      key: 'approver',
      head: t('grants.approver'),
      width: 90,
      minor: true,
      cell: ({ approverId }) => nameIn(accounts, approverId, t('grants.operator'))
    }
  ]
}

function EntryPane({ entry, accounts }: { entry: GrantEntry; accounts: readonly AccountEntry[] }) {
  const { t } = useTranslation(['office', 'domain'])
  const termsText = useTermsText()
  const { kind, displayName, login, role, at, byId, approverId, document, reason, before, after } = entry
  const terms = (name: string, one: GrantTerms | null) =>
    one !== null &&
    termsText(one, role).map(({ what, text }) => (
      <Fact key={`${name}${what}`} name={`${name} ${what}`}>
        {text}
      </Fact>
    ))
  return (
    <aside className="card office-pane" aria-label={t('office:grants.pane')}>
      <header className="card__head">
        <h2 className="office-pane__name">{displayName}</h2>
        <Pill tone={TONES[kind]}>{t(`office:grants.kind.${kind}`)}</Pill>
      </header>
      <Facts>
        <Fact name={t('office:accounts.column.login')}>{login}</Fact>
        <Fact name={t('office:accounts.column.role')}>{t(`domain:role.${role}`)}</Fact>
        <Fact name={t('office:grants.column.at')}>{formatInstant(at)}</Fact>
        <Fact name={t('office:grants.by')}>{nameIn(accounts, byId, t('office:grants.operator'))}</Fact>
        <Fact name={t('office:grants.approver')}>{nameIn(accounts, approverId, t('office:grants.operator'))}</Fact>
        <Fact name={t('office:grants.document')}>{document}</Fact>
        <Fact name={t('office:grants.reason')}>{reason}</Fact>
        {terms(t('office:grants.before'), before)}
        {terms(t('office:grants.after'), after)}
      </Facts>
    </aside>
  )
}
