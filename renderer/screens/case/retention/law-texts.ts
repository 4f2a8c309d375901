/** Grounds as people read them: each law once, with its articles (`아동복지법 제4조·제15조`). Other grounds stay as they are. */
export function lawTexts(bases: readonly string[]): string[] {
  const articles = new Map<string, string[]>()
  for (const basis of bases) {
    const [, law = basis, article] = /^(.+) (제\d+조\S*)$/.exec(basis) ?? []
    articles.set(law, [...(articles.get(law) ?? []), ...(article === undefined ? [] : [article])])
  }
  return [...articles].map(([law, named]) => [law, named.join('·')].join(' ').trim())
}
