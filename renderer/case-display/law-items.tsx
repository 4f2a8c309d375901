import { useTranslation } from 'react-i18next'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import './law-items.css'
import { lawLines } from './law-lines.ts'

/** What is processed without a consent: apart from what is asked, with its law (개인정보 보호법 22조 3항). */
export function LawItems({ policy }: { policy: PolicyRegister }) {
  const { t } = useTranslation('intake')
  return (
    <section className="law-items" aria-labelledby="law-items">
      <h3 id="law-items">{t('law.title')}</h3>
      <p className="faint">{t('law.text')}</p>
      <table className="plain-table" lang="ko">
        <thead>
          <tr>
            <th scope="col">{t('law.items')}</th>
            <th scope="col">{t('law.basis')}</th>
            <th scope="col">{t('law.retention')}</th>
          </tr>
        </thead>
        <tbody>
          {lawLines(policy).map((line) => (
            <tr key={line.laws.join()}>
              <td>
                {line.groups.map(({ name, items }) => (
                  <p key={name}>
                    <strong>{name}</strong> {items.join(', ')}
                  </p>
                ))}
              </td>
              <td>
                {line.laws.map((law) => (
                  <p key={law}>{law}</p>
                ))}
              </td>
              <td>{line.retention}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
