import type { Account } from '#shared/domain/account/account.ts'
import type { VersionedField } from '#shared/domain/case/case-parts.ts'
import { UNMASKABLE, type Unmaskable } from '#shared/domain/case/unmaskable.ts'

type Granted = Pick<Account, 'reveals'>

/** Whether she may be shown this masked value, for a reason. */
export const mayReveal = ({ reveals }: Granted, field: Unmaskable): boolean =>
  reveals === undefined || reveals.includes(field)

/** The same of a whole field, as a conflict about it shows both of its values: everything masked in it. */
export const mayRevealField = (granted: Granted, field: VersionedField): boolean =>
  UNMASKABLE.filter((value) => fieldOf(value) === field).every((value) => mayReveal(granted, value))

const LISTS = { child: 'children', helper: 'helpers', household: 'household' } as const

function fieldOf(value: Unmaskable): VersionedField {
  const [list] = value.split('.')
  return list === 'child' || list === 'helper' || list === 'household' ? LISTS[list] : (value as VersionedField)
}
