import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { REPORT_FORMATS, REPORT_KINDS } from '#shared/domain/report/report.ts'
import { store } from '../../api/store.ts'
import { Button } from '../../design-system/button.tsx'
import { DateField } from '../../design-system/date-field.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { PasswordField } from '../../design-system/password-field.tsx'
import { Select } from '../../design-system/select.tsx'
import { Banner } from '../../design-system/states.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import { useDesk } from '../../view-state/desk.ts'
import { usePasswordWords } from '../lock/password-words.ts'
import { useReportFailureText } from './report-failure.ts'
import {
  asksForPerson,
  fileNameOf,
  formToOrder,
  freshForm,
  type ReportField,
  type ReportForm,
  wrongFields
} from './report-form.ts'

/** What the report is about, what for, where it goes; begun once her password has opened her key. */
export function NewReportDialog({ onClose, onBegun }: { onClose: () => void; onBegun: () => void }) {
  const { t } = useTranslation(['reports', 'common'])
  const { form, change, submit, busy, failed, errorOf } = useNewReport(onBegun)
  const today = useToday()
  const day = { format: formatDay, today, unreadable: t('common:dayUnreadable') }
  const required = { required: true, requiredText: t('common:required') }
  return (
    <Dialog
      title={t('reports:form.title')}
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('reports:form.submit')}
          </Button>
        </>
      }
    >
      <Select
        label={t('reports:form.kind')}
        choices={REPORT_KINDS.map((value) => ({ value, label: t(`reports:kind.${value}`) }))}
        value={form.kind}
        onChange={(kind) => change({ kind })}
        hint={t(`reports:kindText.${form.kind}`)}
      />
      <div className="field-row">
        <DateField
          label={t('reports:form.from')}
          error={errorOf('from')}
          value={form.from}
          onChange={(from) => change({ from })}
          {...day}
        />
        <DateField
          label={t('reports:form.to')}
          error={errorOf('to')}
          value={form.to}
          onChange={(to) => change({ to })}
          {...day}
        />
        <PersonSelect form={form} onChange={change} />
      </div>
      <TextField
        {...required}
        label={t('reports:form.purpose')}
        hint={t('reports:form.purposeHint')}
        error={errorOf('purpose')}
        maxLength={400}
        value={form.purpose}
        onChange={(purpose) => change({ purpose })}
      />
      <div className="field-row">
        <Select
          label={t('reports:form.format')}
          choices={REPORT_FORMATS.map((value) => ({ value, label: t(`reports:form.${value}`) }))}
          value={form.format}
          onChange={(format) => change({ format })}
        />
        <DateField
          label={t('reports:form.deleteBy')}
          hint={t('reports:form.deleteByHint')}
          error={errorOf('deleteBy')}
          value={form.deleteBy}
          onChange={(deleteBy) => change({ deleteBy })}
          {...day}
        />
      </div>
      <Passwords form={form} onChange={change} errorOf={errorOf} />
      {failed && <Banner tone="bad">{failed}</Banner>}
    </Dialog>
  )
}

function useNewReport(onBegun: () => void) {
  const { t } = useTranslation('reports')
  const failureText = useReportFailureText()
  const today = useToday()
  const [form, setForm] = useState<ReportForm>(() => freshForm(today))
  const [id] = useState(() => crypto.randomUUID())
  const [placeId, setPlaceId] = useState<string | null>(null) // where she chose, while the password is tried again
  const [tried, setTried] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const wrong = wrongFields(form, today)
  const change = (over: Partial<ReportForm>): void => setForm({ ...form, ...over })

  const submit = async (): Promise<void> => {
    setTried(true)
    if (busy || wrong.length > 0) return
    setBusy(true)
    const place = placeId ?? (await window.desk.choosePlace(fileNameOf(t(`kind.${form.kind}`), form)))?.placeId ?? null
    setPlaceId(place)
    if (place !== null) await start(place)
    setBusy(false)
  }
  const start = async (place: string): Promise<void> => {
    const filePassword = form.format === 'xlsx_encrypted' ? form.filePassword : null
    const request = { placeId: place, order: formToOrder(id, form), password: form.password, filePassword }
    const reply = await store.ask('report.start', request)
    if (reply.ok) return onBegun()
    setFailed(failureText(reply.error))
    change({ password: '' })
    setTried(false)
    if (reply.error.type === 'PlaceGone') setPlaceId(null)
  }
  const errorOf = (field: ReportField): string | false => tried && wrong.includes(field) && t(`form.wrong.${field}`)
  return { form, change, submit, busy, failed, errorOf }
}

interface PartProps {
  form: ReportForm
  onChange: (over: Partial<ReportForm>) => void
}

function PersonSelect({ form, onChange }: PartProps) {
  const { t } = useTranslation('reports')
  const staff = useDesk((desk) => desk.staff)
  const people = Object.entries(staff)
    .map(([value, label]) => ({ value, label }))
    .sort((one, other) => one.label.localeCompare(other.label))
  return (
    <Select
      label={t('form.scope')}
      placeholder={t('form.scopeWhole')}
      choices={asksForPerson(form.kind) ? people : []}
      value={asksForPerson(form.kind) ? form.accountId : ''}
      onChange={(accountId) => onChange({ accountId })}
      disabled={!asksForPerson(form.kind)}
    />
  )
}

function Passwords({ form, onChange, errorOf }: PartProps & { errorOf: (field: ReportField) => string | false }) {
  const { t } = useTranslation(['reports', 'common'])
  const words = usePasswordWords()
  const required = { required: true, requiredText: t('common:required') }
  return (
    <>
      {form.format === 'xlsx_encrypted' && (
        <PasswordField
          {...required}
          label={t('reports:form.filePassword')}
          hint={t('reports:form.filePasswordHint')}
          error={errorOf('filePassword')}
          value={form.filePassword}
          onChange={(filePassword) => onChange({ filePassword })}
          words={words}
        />
      )}
      <PasswordField
        {...required}
        label={t('reports:form.password')}
        hint={t('reports:form.passwordHint')}
        error={errorOf('password')}
        value={form.password}
        onChange={(password) => onChange({ password })}
        words={words}
      />
    </>
  )
}
