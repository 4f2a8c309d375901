import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Article } from '#shared/domain/policy/policy-promises.ts'
import { useInSight } from '../../view-state/in-sight.ts'

export const articleId = (no: number): string => `policy-article-${no}`

/** The ways to the articles. The focus goes along, so that reading on with the keyboard starts there. */
export function ArticleNav({ articles }: { articles: readonly Article[] }) {
  const { t } = useTranslation('policy')
  const ids = useMemo(() => articles.map(({ no }) => articleId(no)), [articles])
  const inSight = useInSight(ids)
  const go = (no: number): void => {
    const place = document.getElementById(articleId(no))
    place?.scrollIntoView({ block: 'start' })
    place?.focus({ preventScroll: true })
  }
  return (
    <nav className="policy__nav card" aria-label={t('articles')}>
      <ol lang="ko">
        {articles.map(({ no, title }) => (
          <li key={no}>
            <button
              type="button"
              className="policy__way"
              aria-current={articleId(no) === inSight ? 'true' : undefined}
              onClick={() => go(no)}
            >
              <span className="policy__no">{t('article', { no })}</span>
              <span>{title}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}
