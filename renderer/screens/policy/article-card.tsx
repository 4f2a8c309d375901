import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import type { Article } from '#shared/domain/policy/policy-promises.ts'
import { AccessRequests, Cookies, Officers, Remedies, Versions } from './article-contacts.tsx'
import { FilePortal, FilesAndPurposes } from './article-files.tsx'
import { articleId } from './article-nav.tsx'
import { Assessments, Outsourcing, Provisions } from './article-recipients.tsx'
import { Destruction, Rights, Safety } from './article-rights.tsx'

/** What the register holds as data beside the sentences of an article, by the article's number. */
const DETAILS: Readonly<Record<number, (policy: PolicyRegister) => ReactNode>> = {
  1: (policy) => <FilesAndPurposes policy={policy} />,
  2: (policy) => <FilePortal policy={policy} />,
  3: (policy) => <Provisions policy={policy} />,
  4: (policy) => <Outsourcing policy={policy} />,
  5: (policy) => <Assessments policy={policy} />,
  6: (policy) => <Rights policy={policy} />,
  7: (policy) => <Destruction policy={policy} />,
  8: (policy) => <Safety policy={policy} />,
  9: (policy) => <Cookies policy={policy} />,
  10: (policy) => <Officers policy={policy} />,
  11: (policy) => <AccessRequests policy={policy} />,
  12: (policy) => <Remedies policy={policy} />,
  13: (policy) => <Versions policy={policy} />
}

const CIRCLED_ONE = '①'.codePointAt(0) ?? 0
const circled = (no: number): string => String.fromCodePoint(CIRCLED_ONE + no - 1)

/** One article: its sentences as published, then its tables and lists. */
export function ArticleCard({ policy, article }: { policy: PolicyRegister; article: Article }) {
  const { t } = useTranslation('policy')
  const titleId = useId()
  return (
    <section className="card article" id={articleId(article.no)} tabIndex={-1} aria-labelledby={titleId}>
      <header className="card__head">
        <h2 id={titleId}>
          <span className="policy__no">{t('article', { no: article.no })}</span> {article.title}
        </h2>
      </header>
      <div className="card__body article__body">
        {article.clauses.map(({ no, text, notes }) => (
          <div key={no} className="article__clause">
            <p>
              {article.clauses.length > 1 && <span className="article__no">{circled(no)} </span>}
              {text}
            </p>
            {notes.map((note) => (
              <p key={note} className="article__note">
                ※ {note}
              </p>
            ))}
          </div>
        ))}
        {DETAILS[article.no]?.(policy)}
      </div>
    </section>
  )
}
