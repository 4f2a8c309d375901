import { useTranslation } from 'react-i18next'
import { Icon } from '../../design-system/icons.tsx'
import './consequences.css'

interface ConsequencesProps {
  happens: readonly string[]
  stays: readonly string[]
}

/** What an act does and what it does not, side by side, before it is confirmed. */
export function Consequences({ happens, stays }: ConsequencesProps) {
  const { t } = useTranslation('office')
  return (
    <div className="consequences">
      <section>
        <h3>{t('happens')}</h3>
        <ul>
          {happens.map((text) => (
            <li key={text}>
              <Icon name="right" size={16} />
              <span>{text}</span>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h3>{t('stays')}</h3>
        <ul>
          {stays.map((text) => (
            <li key={text}>
              <Icon name="close" size={16} />
              <span>{text}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
