import type { PolicyRegister } from './policy.ts'

/** One row or promise of the published policy: `[article, what it is, where the register holds it, what it must hold]`. */
export type ChecklistLine = readonly [
  article: number,
  what: string,
  read: (policy: PolicyRegister) => unknown,
  holds: unknown
]

export const clause = (article: number, no: number) => (policy: PolicyRegister) =>
  policy.articles.find((one) => one.no === article)?.clauses.find((one) => one.no === no)

export const heading = (article: number) => (policy: PolicyRegister) => {
  const found = policy.articles[article - 1]
  return [found?.no, found?.title, found?.clauses.length]
}
