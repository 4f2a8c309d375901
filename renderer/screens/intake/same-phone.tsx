import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isMobilePhone } from '#shared/domain/case/phone.ts'
import type { CaseRow } from '#shared/ipc/views.ts'
import { store } from '../../api/store.ts'
import { TextButton } from '../../design-system/button.tsx'
import { Banner } from '../../design-system/states.tsx'
import { goTo } from '../../view-state/navigation.ts'

const PAUSE_MS = 500
const SHOWN = 3

/** Cases of this desk with the applicant's phone: she may have applied before. Looked for when the number is whole. */
export function SamePhone({ phone }: { phone: string }) {
  const { t } = useTranslation(['intake', 'domain'])
  const rows = useCasesByPhone(phone)
  if (rows.length === 0) return null
  return (
    <Banner icon="info">
      {t('intake:samePhone')}
      <ul className="same-phone">
        {rows.map((row) => (
          <li key={row.id}>
            <TextButton onClick={() => goTo({ screen: 'case', caseId: row.id })}>
              {row.applicationNo} {row.applicantName}
            </TextButton>{' '}
            {t(`domain:service.${row.service}`)} · {t(`domain:caseState.${row.state}`)}
          </li>
        ))}
      </ul>
    </Banner>
  )
}

function useCasesByPhone(phone: string): readonly CaseRow[] {
  const [rows, setRows] = useState<readonly CaseRow[]>([])
  useEffect(() => {
    setRows([])
    if (!isMobilePhone(phone)) return
    let left = false
    const timer = setTimeout(async () => {
      const found = await store.ask('case.search', { text: phone, limit: SHOWN })
      if (!left && found.ok)
        setRows(found.value.hits.filter(({ matched }) => matched === 'phone').map(({ row }) => row))
    }, PAUSE_MS)
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [phone])
  return rows
}
