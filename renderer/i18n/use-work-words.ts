import { useTranslation } from 'react-i18next'
import { formatCount } from './format.ts'

/** Unsent work in words: changes, documents, or both. */
export function useWorkWords(): (work: { readonly commands: number; readonly documents: number }) => string {
  const { t } = useTranslation('common')
  return ({ commands, documents }) => {
    const kind = documents === 0 ? 'commands' : commands === 0 ? 'documents' : 'both'
    return t(`work.${kind}`, { n: formatCount(commands), m: formatCount(documents) })
  }
}
