import { z } from 'zod'
import { LEFT_OUT } from '#shared/domain/provision/select-for-provision.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'

/** Why a person of a run may not be given (any more), as the centre knows her case. */
export const NOT_GIVEN = [...LEFT_OUT, 'changed', 'gone'] as const
export type NotGiven = (typeof NOT_GIVEN)[number]

/** Most cases that a refusal names. */
export const MOST_NAMED = 200

/** Why a run was not numbered, or an act on it not done. No personal data. */
export const provisionRefusalSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('RoleNotAllowed') }),
  /** Not there, or another district's: the two answer alike. */
  z.object({ type: z.literal('RunNotFound') }),
  /** The centre knows of a withdrawal, a refusal, a hold or an edit that the PC had not heard of: nothing is given. */
  z.object({
    type: z.literal('SelectionChanged'),
    persons: z.array(z.object({ caseId: uuidSchema, why: z.enum(NOT_GIVEN) })).max(MOST_NAMED)
  }),
  /** Another version of the policy is in force, or it names no such recipient. */
  z.object({ type: z.literal('PolicyChanged') }),
  /** Her rights leave out a masked value that the recipient is given. */
  z.object({ type: z.literal('ItemsNotGranted') }),
  z.object({ type: z.literal('AgreementMissing') }),
  z.object({ type: z.literal('AgreementOver') }),
  /** The number was given to something else, or by somebody else. */
  z.object({ type: z.literal('OtherRun') }),
  z.object({ type: z.literal('NotWritten') }),
  z.object({ type: z.literal('AlreadyWritten') }),
  z.object({ type: z.literal('AlreadyDone') }),
  z.object({ type: z.literal('NobodyToAsk') }),
  z.object({ type: z.literal('DayWrong') })
])
export type ProvisionRefusal = z.infer<typeof provisionRefusalSchema>

export const PROVISION_REFUSAL_TYPES: readonly ProvisionRefusal['type'][] = provisionRefusalSchema.options.map(
  ({ shape }) => shape.type.value
)
