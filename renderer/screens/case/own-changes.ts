import type { FieldChange } from '#shared/commands/correct-case.ts'
import { isSameValue } from '#shared/domain/case/same-value.ts'

/**
 * What the person changed herself. A value that the form held already when it was opened is no change of hers, although
 * the case may hold another by now.
 */
export const ownChanges = (changes: readonly FieldChange[], ofOpened: readonly FieldChange[]): FieldChange[] =>
  changes.filter(({ field, value }) => !ofOpened.some((one) => one.field === field && isSameValue(one.value, value)))
