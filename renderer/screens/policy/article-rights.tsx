import { useTranslation } from 'react-i18next'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { Fact, Facts } from '../../design-system/card.tsx'

/** 제6조: what a person may ask, by which way, and where the law limits it. */
export function Rights({ policy: { rights } }: { policy: PolicyRegister }) {
  const { t } = useTranslation('policy')
  const nameOf = (id: string): string => rights.kinds.find((kind) => kind.id === id)?.name ?? id
  return (
    <Facts>
      <Fact name={t('rights.kinds')}>{rights.kinds.map(({ name }) => name).join(' · ')}</Fact>
      <Fact name={t('rights.channels')}>
        {rights.channels.join(', ')} <span className="faint">{rights.channelsBasis}</span>
      </Fact>
      <Fact name={t('rights.within')}>{rights.handledWithin}</Fact>
      <Fact name={t('rights.agents')}>{rights.agents.join(', ')}</Fact>
      <Fact name={t('rights.minors')}>{t('rights.minorsText', { age: rights.minors.representedUnderAge })}</Fact>
      <Fact name={t('rights.limits')}>
        {rights.limits.map(({ kinds, effect, grounds }) => (
          <p key={kinds.join()}>
            {kinds.map(nameOf).join('·')} {t(`rights.effect.${effect}`)}: {grounds.join(', ')}
          </p>
        ))}
      </Fact>
      <Fact name={t('rights.identity')}>{rights.identityChecked.map(nameOf).join(' · ')}</Fact>
      <Fact name={t('rights.forms')}>
        {rights.forms.map(({ id, notice, annex, name }) => (
          <p key={id}>{t('rights.form', { notice, annex, name })}</p>
        ))}
      </Fact>
    </Facts>
  )
}

/** 제7조. */
export function Destruction({ policy: { destruction, officers } }: { policy: PolicyRegister }) {
  const { t } = useTranslation('policy')
  const approver = officers.posts.find(({ id }) => id === destruction.approver)
  return (
    <>
      <Facts>
        <Fact name={t('destruction.reasons')}>{destruction.reasons.map(({ text }) => text).join(', ')}</Fact>
        <Fact name={t('destruction.within')}>{destruction.within}</Fact>
        <Fact name={t('destruction.approver')}>{approver?.role ?? destruction.approver}</Fact>
        <Fact name={t('destruction.separate')}>
          {destruction.separateStorage.when}: {destruction.separateStorage.ways.join(' ')}
        </Fact>
      </Facts>
      <p className="article__subtitle">{destruction.procedureTitle}</p>
      <ol className="article__list article__list--numbers">
        {destruction.procedure.map(({ id, text }) => (
          <li key={id}>{text}</li>
        ))}
      </ol>
      <p className="article__subtitle">{destruction.methodsTitle}</p>
      <ul className="article__list article__list--dots">
        {destruction.methods.map(({ id, medium, method }) => (
          <li key={id}>
            {medium}: <strong>{method}</strong>
          </li>
        ))}
      </ul>
    </>
  )
}

/** 제8조. */
export function Safety({ policy: { safety } }: { policy: PolicyRegister }) {
  return (
    <>
      {safety.map(({ id, title, measures }) => (
        <div key={id}>
          <p className="article__subtitle">{title}</p>
          <ul className="article__list article__list--dots">
            {measures.map((measure) => (
              <li key={measure.id}>{measure.text}</li>
            ))}
          </ul>
        </div>
      ))}
    </>
  )
}
