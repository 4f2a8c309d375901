import { useTranslation } from 'react-i18next'
import type { NoticeItem } from '#shared/domain/policy/consents-to-ask.ts'

/** The items of a notice by whose they are: `신청자: 이름, 주소 / 대상아동: 이름`. */
export function useNoticeItems(): (items: readonly NoticeItem[]) => string {
  const { t } = useTranslation('intake')
  return (items) => {
    const subjects = [...new Set(items.map(({ subject }) => subject))]
    const texts = subjects.map((subject) => {
      const names = items.filter((item) => item.subject === subject).map(({ name }) => name)
      return `${t(`subject.${subject}`)}: ${names.join(', ')}`
    })
    return texts.join(' / ')
  }
}
