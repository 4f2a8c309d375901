import { REFUSAL_TYPES } from '#shared/commands/refusal.ts'
import type { NotTaken } from '#shared/ipc/quarantine-methods.ts'

/** The rule that keeps a handed-over edit out; the centre names it as `command/ReasonMissing`. */
export function notTaken(where: readonly string[]): NotTaken {
  const cause = REFUSAL_TYPES.find((type) => where.includes(`command/${type}`))
  return { type: 'NotTaken', cause: cause ?? 'unknown' }
}
