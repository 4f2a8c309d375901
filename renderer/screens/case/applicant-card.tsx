import { useTranslation } from 'react-i18next'
import { formatAddress } from '#shared/domain/case/address.ts'
import { bankName } from '#shared/domain/case/bank.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { phoneText, registrationNoText } from '../../case-display/masked-texts.ts'
import { Button } from '../../design-system/button.tsx'
import { Card, Facts } from '../../design-system/card.tsx'
import { formatCount } from '../../i18n/format.ts'
import { CaseFact } from './case-fact.tsx'
import { MaskedValue } from './masked-value.tsx'

/** 신청자, masked; corrected in place. */
export function ApplicantCard({ view, onEdit }: { view: CaseView; onEdit: () => void }) {
  const { t } = useTranslation('case')
  const { id, applicant } = view.case
  const { income, account } = applicant
  return (
    <Card
      title={t('applicant.title')}
      actions={
        <Button size="small" kbd="E" onClick={onEdit}>
          {t('edit')}
        </Button>
      }
    >
      <div className="case-facts">
        <Facts>
          <CaseFact view={view} field="applicant.name">
            {applicant.name}
          </CaseFact>
          <CaseFact view={view} field="applicant.registrationNo">
            <MaskedValue
              caseId={id}
              field="applicant.registrationNo"
              index={0}
              masked={registrationNoText(applicant.registrationNo)}
            />
          </CaseFact>
          <CaseFact view={view} field="applicant.phone">
            {phoneText(applicant.phone)}
          </CaseFact>
          <CaseFact view={view} field="applicant.account">
            {account && (
              <>
                {bankName(account.bankCode)}{' '}
                <MaskedValue caseId={id} field="applicant.account" index={0} masked={account.number} /> {account.holder}
              </>
            )}
          </CaseFact>
        </Facts>
        <Facts>
          <CaseFact view={view} field="applicant.address">
            <MaskedValue caseId={id} field="applicant.address" index={0} masked={formatAddress(applicant.address)} />
          </CaseFact>
          <CaseFact view={view} field="applicant.income">
            {income &&
              t('applicant.incomeValue', { people: income.householdSize, won: formatCount(income.monthlyWon) })}
          </CaseFact>
          <CaseFact view={view} field="applicant.contactPhone">
            {applicant.contactPhone && phoneText(applicant.contactPhone)}
          </CaseFact>
          <CaseFact view={view} field="applicant.email">
            {applicant.email}
          </CaseFact>
          <CaseFact view={view} field="applicant.loginId">
            {applicant.loginId}
          </CaseFact>
        </Facts>
      </div>
    </Card>
  )
}
