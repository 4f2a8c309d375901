import { useTranslation } from 'react-i18next'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { Fact, Facts } from '../../design-system/card.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { formatDay } from '../../i18n/format.ts'

/** 제9조. */
export function Cookies({ policy: { cookies } }: { policy: PolicyRegister }) {
  return (
    <>
      <p className="article__subtitle">{cookies.purposeTitle}</p>
      <p>{cookies.purpose}</p>
      <p className="article__subtitle">{cookies.refusalTitle}</p>
      <p>{cookies.refusal}</p>
      <ul className="article__list article__list--dots">
        {cookies.refusalSteps.map(({ browser, text }) => (
          <li key={browser}>{text}</li>
        ))}
      </ul>
      <p>{cookies.consequence}</p>
    </>
  )
}

/** 제10조: posts. Who holds them is the office's to set. */
export function Officers({ policy: { officers } }: { policy: PolicyRegister }) {
  const { t } = useTranslation('policy')
  const { department, phone, email } = officers.contact
  return (
    <>
      <div className="article__table">
        <table>
          <caption className="visually-hidden">{t('officers')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('column.role')}</th>
              <th scope="col">{t('column.department')}</th>
              <th scope="col">{t('column.rank')}</th>
            </tr>
          </thead>
          <tbody>
            {officers.posts.map((post) => (
              <tr key={post.id}>
                <th scope="row">{post.role}</th>
                <td>{post.department}</td>
                <td>{post.rank}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Facts>
        <Fact name={t('contact')}>
          {department} · {phone} · {email}
        </Fact>
      </Facts>
    </>
  )
}

/** 제11조. */
export function AccessRequests({ policy: { accessRequests } }: { policy: PolicyRegister }) {
  const { t } = useTranslation('policy')
  const { department, portal } = accessRequests
  return (
    <Facts>
      <Fact name={t('access.department')}>
        {department.name} · {department.handlerRank} · {department.phone}
      </Fact>
      <Fact name={t('access.portal')}>
        {portal.name} ({portal.url}) → {portal.path.join(' → ')}
      </Fact>
      <Fact name={t('access.proofs')}>{portal.identityProofs.join(', ')}</Fact>
    </Facts>
  )
}

/** 제12조. */
export function Remedies({ policy: { remedies } }: { policy: PolicyRegister }) {
  const { t } = useTranslation('policy')
  const appeal = remedies.administrativeAppeal
  return (
    <>
      <div className="article__table">
        <table>
          <caption className="visually-hidden">{t('remedies')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('column.body')}</th>
              <th scope="col">{t('column.division')}</th>
              <th scope="col">{t('column.phone')}</th>
              <th scope="col">{t('column.url')}</th>
            </tr>
          </thead>
          <tbody>
            {remedies.bodies.map(({ name, division, phone, url }) => (
              <tr key={url}>
                <th scope="row">{name}</th>
                <td>{division}</td>
                <td>{phone}</td>
                <td>{url}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Facts>
        <Fact name={t('appeal')}>
          {appeal.law} · {appeal.body} ({appeal.url})
          {appeal.against.map((law) => (
            <p key={law} className="faint">
              {law}
            </p>
          ))}
        </Fact>
      </Facts>
    </>
  )
}

/** 제13조: this version and those before it. */
export function Versions({ policy }: { policy: PolicyRegister }) {
  const { t } = useTranslation('policy')
  const newestFirst = policy.earlierVersions.toReversed()
  return (
    <ul className="article__list">
      <li>
        {t('versionSince', { day: formatDay(policy.effectiveFrom) })} <Pill tone="ok">{t('thisVersion')}</Pill>
      </li>
      {newestFirst.map(({ effectiveFrom, effectiveUntil, links }) => (
        <li key={effectiveFrom}>
          {formatDay(effectiveFrom)} – {formatDay(effectiveUntil)} <span className="faint">{links.join(', ')}</span>
        </li>
      ))}
    </ul>
  )
}
