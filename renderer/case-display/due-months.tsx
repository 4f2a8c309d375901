import { useTranslation } from 'react-i18next'
import type { MonthCount } from '#shared/domain/retention/coming-months.ts'
import { formatCount } from '../i18n/format.ts'
import './due-months.css'

/** How many cases become due in each month: a bar each, and the number above it; a sentence where none does. */
export function DueMonths({ months }: { months: readonly MonthCount[] }) {
  const { t } = useTranslation('domain')
  if (months.every(({ cases }) => cases === 0)) {
    return <p className="due-months__none">{t('dueMonths.none', { n: months.length })}</p>
  }
  const most = Math.max(1, ...months.map(({ cases }) => cases))
  return (
    <ol className="due-months" aria-label={t('dueMonths.label')}>
      {months.map(({ month, cases }, index) => {
        const [year, no] = month.split('-')
        return (
          <li key={month} className="due-months__month">
            <span className="due-months__count">{cases > 0 && formatCount(cases)}</span>
            <span
              className={cases > 0 ? 'due-months__bar' : undefined}
              style={{ height: `${(cases / most) * 100}%` }}
              aria-hidden="true"
            />
            <span className="due-months__name">
              <span className="visually-hidden">
                {t('dueMonths.month', { year, month: Number(no), n: formatCount(cases) })}
              </span>
              <span aria-hidden="true">{Number(no)}</span>
              {(index === 0 || no === '01') && (
                <span className="due-months__year" aria-hidden="true">
                  {year}
                </span>
              )}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
