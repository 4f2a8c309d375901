import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayProvide } from '#shared/commands/provision/provision-act.ts'
import type { ProvisionFile, ProvisionSummary } from '#shared/ipc/provision-views.ts'
import { store } from '../../api/store.ts'
import { ReasonDialog } from '../../case-display/reason-dialog.tsx'
import { Button } from '../../design-system/button.tsx'
import { Banner } from '../../design-system/states.tsx'
import { useAccount } from '../../view-state/desk.ts'
import { AgreementDialog } from './agreement-dialog.tsx'
import { DestroyFileDialog } from './destroy-file-dialog.tsx'
import { FileDialog } from './file-dialog.tsx'
import { LetterDialog } from './letter-dialog.tsx'
import { useProvisionFailureText } from './provision-failure.ts'
import { useRunAct } from './use-run-act.ts'

type Asking = 'void' | 'destroy' | 'agreement' | 'ask' | 'prove' | null

/** What whoever looks may do with the run as it stands; nobody sees a way that is not. */
export function RunWays({ run }: { run: ProvisionSummary }) {
  const { t } = useTranslation('provision')
  const act = useRunAct(run.id)
  const role = useAccount()?.role
  const [asking, setAsking] = useState<Asking>(null)
  const may = (name: Parameters<typeof mayProvide>[1]): boolean => role !== undefined && mayProvide(role, name)
  const close = (): void => setAsking(null)
  if (run.voided !== null || role === undefined) return null
  if (run.file === null) {
    if (!may('provision.give')) return null
    return (
      <div className="office-pane__acts">
        <div className="bar">
          <WriteAgain runId={run.id} />
          <Button size="small" onClick={() => setAsking('void')}>
            {t('way.void')}
          </Button>
        </div>
        {asking === 'void' && (
          <ReasonDialog
            title={t('voidDialog.title')}
            hint={t('reasonHint')}
            missing={t('voidDialog.missing')}
            submit={t('way.void')}
            submitKind="danger"
            shortest={5}
            onClose={close}
            onReason={async (reason) => {
              const failed = await act({ name: 'provision.void', args: { reason } }, t('voidDialog.done'))
              if (failed === null) close()
              return failed
            }}
          >
            {t('voidDialog.text')}
          </ReasonDialog>
        )}
      </div>
    )
  }
  const isOpen = run.deletion === null
  const ways: ReadonlyArray<[Exclude<Asking, null | 'void'>, boolean]> = [
    ['ask', isOpen && run.toAsk > 0 && may('provision.ask_deletion')],
    ['prove', isOpen && may('provision.prove_deletion')],
    ['agreement', isOpen && run.agreementEndsOn !== null && may('provision.end_agreement')],
    ['destroy', run.fileDestroyed === null && may('provision.destroy_file')]
  ]
  const hers = ways.filter(([, isHers]) => isHers)
  if (hers.length === 0) return null
  return (
    <div className="office-pane__acts">
      <div className="bar">
        {hers.map(([way]) => (
          <Button key={way} size="small" data-way={way} onClick={() => setAsking(way)}>
            {t(`way.${way}`)}
          </Button>
        ))}
      </div>
      {(asking === 'ask' || asking === 'prove') && <LetterDialog run={run} about={asking} onClose={close} />}
      {asking === 'agreement' && <AgreementDialog run={run} onClose={close} />}
      {asking === 'destroy' && <DestroyFileDialog run={run} onClose={close} />}
    </div>
  )
}

function WriteAgain({ runId }: { runId: string }) {
  const { t } = useTranslation('provision')
  const failureText = useProvisionFailureText()
  const [file, setFile] = useState<ProvisionFile | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const write = async (): Promise<void> => {
    setBusy(true)
    const reply = await store.ask('provision.write', { runId })
    setBusy(false)
    setFailed(reply.ok ? null : failureText(reply.error))
    if (reply.ok) setFile(reply.value)
  }
  return (
    <>
      <Button size="small" kind="primary" busy={busy} onClick={() => void write()}>
        {t('way.write')}
      </Button>
      {failed && <Banner tone="bad">{failed}</Banner>}
      {file && <FileDialog file={file} onClose={() => setFile(null)} />}
    </>
  )
}
