import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { type PolicyItem, statedWithoutConsent } from '#shared/domain/policy/policy-items.ts'

/** Items that rest on the same laws and are kept for the same time, for one line of the form. */
export interface LawLine {
  readonly groups: readonly { readonly name: string; readonly items: readonly string[] }[]
  readonly laws: readonly string[]
  readonly retention: string
}

/** What is processed without being asked about, with its legal basis (개인정보 보호법 22③). */
export function lawLines(policy: PolicyRegister): LawLine[] {
  const lines = new Map<string, PolicyItem[]>()
  for (const item of statedWithoutConsent(policy)) {
    const key = [...item.legalBases.map(({ id }) => id), item.retention.text].join('|')
    lines.set(key, [...(lines.get(key) ?? []), item])
  }
  return [...lines.values()].map((items) => ({
    groups: groupsOf(items),
    laws: shortened(items[0]?.legalBases.map(({ text }) => text) ?? []),
    retention: items[0]?.retention.text ?? ''
  }))
}

function groupsOf(items: readonly PolicyItem[]): LawLine['groups'] {
  const groups = new Map<string, string[]>()
  for (const { partOf, name } of items) groups.set(partOf.name, [...(groups.get(partOf.name) ?? []), name])
  return [...groups].map(([name, names]) => ({ name, items: names }))
}

/** Articles of one law stand together: `…법 제7조, 제19조`. */
function shortened(texts: readonly string[]): string[] {
  const articles = new Map<string, string[]>()
  for (const text of texts) {
    const [, law = text, article = ''] = /^(.*?)\s(제\d+조.*)$/.exec(text) ?? []
    articles.set(law, [...(articles.get(law) ?? []), article])
  }
  return [...articles].map(([law, list]) => [law, list.filter((article) => article !== '').join(', ')].join(' ').trim())
}
