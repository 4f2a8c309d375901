import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConsentRequest, EmphasisedPart } from '#shared/domain/policy/consents-to-ask.ts'
import { useNoticeItems } from '../../../case-display/notice-items.ts'

/** What the person is told before she answers; what the law has stand out does (개인정보 보호법 시행령 17조 3항). */
export function NoticeText({ request: { notice } }: { request: ConsentRequest }) {
  const { t } = useTranslation('case')
  const itemsText = useNoticeItems()
  const strong = (part: EmphasisedPart, text: ReactNode): ReactNode =>
    notice.emphasised.includes(part) ? <b>{text}</b> : text
  return (
    <ul className="consent-notice" lang="ko">
      {notice.recipient && (
        <li>
          {t('consents.recipient')}: {strong('recipient', notice.recipient.name)}
        </li>
      )}
      <li>
        {t('consents.purpose')}: {strong('purpose', notice.purpose)}
      </li>
      <li>
        {t('consents.items')}: {itemsText(notice.items)}
      </li>
      <li>
        {t('consents.retention')}: {strong('retention', notice.retention)}
      </li>
      <li>
        {t('consents.refusal')}: {notice.refusal.right} {notice.refusal.consequence}
      </li>
    </ul>
  )
}
