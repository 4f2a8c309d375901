import type { HeldPartView } from '#shared/ipc/retention-views.ts'

/** Parts at one place that go at the same time for the same cause, taken together. */
export interface AlikeParts extends Pick<HeldPartView, 'recipient' | 'cause' | 'until' | 'deadline' | 'state'> {
  readonly groups: readonly string[]
  readonly bases: readonly string[]
}

export function alikeParts(parts: readonly HeldPartView[]): AlikeParts[] {
  const alike = new Map<string, AlikeParts>()
  for (const { recipient, group, bases, cause, until, deadline, state } of parts) {
    const key = JSON.stringify([recipient, cause, until, deadline, state])
    const known = alike.get(key) ?? { recipient, cause, until, deadline, state, groups: [], bases: [] }
    const groups = [...new Set([...known.groups, group])]
    alike.set(key, { ...known, groups, bases: [...new Set([...known.bases, ...bases])] })
  }
  return [...alike.values()]
}
