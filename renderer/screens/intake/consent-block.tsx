import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConsentRequest, EmphasisedPart } from '#shared/domain/policy/consents-to-ask.ts'
import { useNoticeItems } from '../../case-display/notice-items.ts'
import { Pill } from '../../design-system/pill.tsx'
import { RadioGroup } from '../../design-system/radio-group.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import { FormField } from './form-field.tsx'
import { answerConsent, setApplicant } from './intake-edits.ts'
import { editIntake, useIntake } from './intake-state.ts'
import { PhoneField } from './section-applicant.tsx'

/** One consent in a block of its own: its notice, a plain yes or no with neither chosen, and the field that a yes opens. */
export function ConsentBlock({ request }: { request: ConsentRequest }) {
  const { t } = useTranslation('intake')
  const titleId = useId()
  const answer = useIntake(({ form }) => form?.answers[request.id])
  const contact = useIntake(({ contacts }) => contacts.get(request.id))
  const title = useConsentTitle(request)
  const choose = (choice: 'yes' | 'no'): void => {
    const given = {
      ...{ given: choice === 'yes', answeredAt: new Date().toISOString() },
      ...{ policyVersion: request.policyId, noticeHash: request.noticeHash }
    }
    editIntake(answerConsent(request.id, given, contact))
  }
  return (
    <section className="consent" aria-labelledby={titleId} data-consent={request.id}>
      <header className="consent__head">
        <Pill tone="info">{t('consent.optional')}</Pill>
        <h3 id={titleId}>{title}</h3>
      </header>
      <Notice request={request} />
      <div className="consent__answer">
        <FormField path={`answers.${request.id}`}>
          {(error) => (
            <RadioGroup
              label={t('consent.ask', { title })}
              labelHidden
              error={error}
              choices={[
                { value: 'yes', label: t('consent.yes') },
                { value: 'no', label: t('consent.no') }
              ]}
              value={answer === undefined ? null : answer.given ? 'yes' : 'no'}
              onChange={choose}
            />
          )}
        </FormField>
        {contact && answer?.given && <ContactField field={contact} />}
      </div>
    </section>
  )
}

function useConsentTitle({ kind, notice }: ConsentRequest): string {
  const { t } = useTranslation('intake')
  if (kind === 'provision') return t('consent.titleProvision', { recipient: notice.recipient?.name ?? '' })
  return t('consent.titleCollection', { items: notice.items.map(({ name }) => name).join(', ') })
}

/** 15② and 17②: purpose, items, retention, recipient, the right to refuse and what follows. */
function Notice({ request: { notice } }: { request: ConsentRequest }) {
  const { t } = useTranslation('intake')
  const itemsText = useNoticeItems()
  const { recipient, refusal } = notice
  const isStrong = (part: EmphasisedPart): boolean => notice.emphasised.includes(part)
  return (
    <dl className="consent__notice" lang="ko">
      {recipient && (
        <NoticeLine name={t('consent.recipient')} strong={isStrong('recipient')}>
          {recipient.name}
        </NoticeLine>
      )}
      <NoticeLine name={t('consent.purpose')} strong={isStrong('purpose')}>
        {notice.purpose}
      </NoticeLine>
      <NoticeLine name={t('consent.items')}>{itemsText(notice.items)}</NoticeLine>
      <NoticeLine name={t('consent.retention')} strong={isStrong('retention')}>
        {notice.retention}
      </NoticeLine>
      <NoticeLine name={t('consent.refusal')}>
        {refusal.right} {refusal.consequence}
      </NoticeLine>
    </dl>
  )
}

function NoticeLine({ name, strong = false, children }: { name: string; strong?: boolean; children: ReactNode }) {
  return (
    <div className="consent__line">
      <dt>{name}</dt>
      <dd>{strong ? <strong className="consent__strong">{children}</strong> : children}</dd>
    </div>
  )
}

/** What may be held only since the person agreed to it. */
function ContactField({ field }: { field: 'email' | 'contactPhone' }) {
  const { t } = useTranslation('intake')
  const value = useIntake(({ form }) => form?.applicant[field] ?? '')
  const set = (text: string): void => editIntake(setApplicant({ [field]: text }))
  return (
    <FormField path={`applicant.${field}`}>
      {(error) =>
        field === 'email' ? (
          <TextField
            label={t('contact.email')}
            error={error}
            type="email"
            maxLength={120}
            value={value}
            onChange={set}
            placeholder="name@example.kr"
          />
        ) : (
          <PhoneField label={t('contact.contactPhone')} error={error} value={value} onChange={set} />
        )
      }
    </FormField>
  )
}
