import { useTranslation } from 'react-i18next'
import { requestShown } from '#shared/domain/policy/consents-to-ask.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import type { ProvisionCount } from '#shared/domain/provision/provision-tally.ts'
import { LEFT_OUT } from '#shared/domain/provision/select-for-provision.ts'
import { useAsked } from '../../api/use-asked.ts'
import { useNoticeItems } from '../../case-display/notice-items.ts'
import { Card } from '../../design-system/card.tsx'
import { EmptyState } from '../../design-system/states.tsx'
import { TableHead } from '../../design-system/table.tsx'
import { formatCount, formatDay } from '../../i18n/format.ts'

/** What each recipient of the policy could be given today, who is left out and why. */
export function RecipientsCard({ provisions }: { provisions: readonly ProvisionCount[] }) {
  const { t } = useTranslation('consents')
  const policies = useAsked('policy.versions', {}).value ?? []
  const version = provisions[0]?.policyVersion
  return (
    <Card
      title={t('recipients')}
      note={version === undefined ? undefined : t('recipientsNote', { day: formatDay(version) })}
    >
      {provisions.length === 0 ? (
        <EmptyState icon="policy" title={t('recipientsEmpty')} />
      ) : (
        <table className="table consent-counts" aria-label={t('recipients')}>
          <TableHead
            heads={[
              { words: t('recipientColumn.recipient'), className: 'consent-counts__case' },
              { words: t('recipientColumn.items') },
              { words: t('recipientColumn.basis') },
              { words: t('recipientColumn.keeps'), className: 'consent-counts__day' },
              { words: t('recipientColumn.selected'), className: 'consent-counts__number' },
              { words: t('recipientColumn.leftOut') }
            ]}
          />
          <tbody>
            {provisions.map((count) => (
              <RecipientRow key={count.recipientId} count={count} policies={policies} />
            ))}
          </tbody>
        </table>
      )}
    </Card>
  )
}

function RecipientRow({ count, policies }: { count: ProvisionCount; policies: readonly PolicyRegister[] }) {
  const { t } = useTranslation('consents')
  const itemsText = useNoticeItems()
  const { selected, leftOut } = count
  const notice = requestShown(policies, count)?.notice
  const laws = policies
    .filter(({ id }) => id === count.policyVersion)
    .flatMap(({ provisions }) => provisions.filter(({ id }) => id === count.provisionId))
  const reasons = LEFT_OUT.filter((why) => leftOut[why] > 0)
  return (
    <tr>
      <td>
        <b>{notice?.recipient?.name ?? count.recipientId}</b>
        <div className="faint">{notice?.purpose}</div>
      </td>
      <td data-head={t('recipientColumn.items')}>{notice && itemsText(notice.items)}</td>
      <td data-head={t('recipientColumn.basis')}>{laws.map(({ legalBasesText }) => legalBasesText).join(', ')}</td>
      <td data-head={t('recipientColumn.keeps')}>{notice?.retention}</td>
      <td className="consent-counts__number" data-head={t('recipientColumn.selected')}>
        <b>{formatCount(selected)}</b>
      </td>
      <td data-head={t('recipientColumn.leftOut')}>
        {reasons.length === 0 && <span className="faint">{t('nobodyLeftOut')}</span>}
        {reasons.map((why) => t(`leftOut.${why}`, { n: formatCount(leftOut[why]) })).join(' · ')}
      </td>
    </tr>
  )
}
