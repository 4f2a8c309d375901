import { useTranslation } from 'react-i18next'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { Pill } from '../../design-system/pill.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'

/** 제3조: who gets what, what for, and until when. */
export function Provisions({ policy }: { policy: PolicyRegister }) {
  const { t } = useTranslation('policy')
  return (
    <div className="article__table">
      <table>
        <caption className="visually-hidden">{t('provisions')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('column.recipient')}</th>
            <th scope="col">{t('column.purpose')}</th>
            <th scope="col">{t('column.items')}</th>
            <th scope="col">{t('column.retention')}</th>
            <th scope="col">{t('column.bases')}</th>
          </tr>
        </thead>
        <tbody>
          {policy.provisions.map((provision) => (
            <tr key={provision.id}>
              <th scope="row">{provision.recipients.map(({ name }) => name).join(', ')}</th>
              <td>{provision.purpose}</td>
              <td>{provision.itemsText}</td>
              <td>{provision.retention.text}</td>
              <td>{provision.legalBasesText}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** 제4조: the trustees; one whose contract is over says so. */
export function Outsourcing({ policy }: { policy: PolicyRegister }) {
  const { t } = useTranslation('policy')
  const today = useToday()
  const { trustees, contractDuties } = policy.outsourcing
  return (
    <>
      <div className="article__table">
        <table>
          <caption className="visually-hidden">{t('trustees')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('column.trustee')}</th>
              <th scope="col">{t('column.task')}</th>
              <th scope="col">{t('column.contract')}</th>
              <th scope="col">{t('column.state')}</th>
            </tr>
          </thead>
          <tbody>
            {trustees.map(({ name, task, from, until }) => (
              <tr key={`${name} ${task}`}>
                <th scope="row">{name}</th>
                <td>{task}</td>
                <td>
                  {formatDay(from)} – {formatDay(until)}
                </td>
                <td>
                  <ContractState today={today} from={from} until={until} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {trustees.length > 0 && trustees.every(({ until }) => until < today) && (
        <p className="article__note">{t('allEnded')}</p>
      )}
      <p className="article__subtitle">{t('contractDuties')}</p>
      <ul className="article__list article__list--dots">
        {contractDuties.map(({ id, text }) => (
          <li key={id}>{text}</li>
        ))}
      </ul>
    </>
  )
}

function ContractState({ today, from, until }: { today: string; from: string; until: string }) {
  const { t } = useTranslation('policy')
  if (until < today) return <Pill tone="bad">{t('contract.ended')}</Pill>
  if (from > today) return <Pill>{t('contract.ahead')}</Pill>
  return <Pill tone="ok">{t('contract.running')}</Pill>
}

/** 제5조. */
export function Assessments({ policy }: { policy: PolicyRegister }) {
  const { t } = useTranslation('policy')
  return (
    <div className="article__table">
      <table>
        <caption className="visually-hidden">{t('assessments')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('column.file')}</th>
            <th scope="col">{t('column.items')}</th>
            <th scope="col">{t('column.year')}</th>
          </tr>
        </thead>
        <tbody>
          {policy.impactAssessments.map(({ file, fileName, itemsText, year }) => (
            <tr key={`${file} ${year}`}>
              <th scope="row">{fileName}</th>
              <td>{itemsText}</td>
              <td>{t('yearOf', { year })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
