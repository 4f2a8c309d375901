import { z } from 'zod'
import { VERSIONED_FIELDS } from '#shared/domain/case/case.ts'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'
import { attachDocumentSchema, detachDocumentSchema } from './attach-document.ts'
import { correctCaseSchema } from './correct-case.ts'
import { holdCaseSchema, releaseHoldSchema } from './hold-case.ts'
import { moveCaseSchema } from './move-case.ts'
import { recordConsentSchema, withdrawConsentSchema } from './record-consent.ts'
import { registerCaseSchema } from './register-case.ts'
import { resolveConflictSchema } from './resolve-conflict.ts'

/** What a person at a desk wants done: a name and its arguments. */
export const intentSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('case.register'), args: registerCaseSchema }),
  z.object({ name: z.literal('case.correct'), args: correctCaseSchema }),
  z.object({ name: z.literal('case.move'), args: moveCaseSchema }),
  z.object({ name: z.literal('conflict.resolve'), args: resolveConflictSchema }),
  z.object({ name: z.literal('case.attach'), args: attachDocumentSchema }),
  z.object({ name: z.literal('case.detach'), args: detachDocumentSchema }),
  z.object({ name: z.literal('case.hold'), args: holdCaseSchema }),
  z.object({ name: z.literal('case.release_hold'), args: releaseHoldSchema }),
  z.object({ name: z.literal('case.record_consent'), args: recordConsentSchema }),
  z.object({ name: z.literal('case.withdraw_consent'), args: withdrawConsentSchema })
])
export type Intent = z.infer<typeof intentSchema>
export type CommandName = Intent['name']

/** The revision of each field that the command rests on, as the actor saw it; a field that is absent counts as 1. */
export const baseSchema = z.partialRecord(z.enum(VERSIONED_FIELDS), z.int().nonnegative())
export type CommandBase = z.infer<typeof baseSchema>

/** The identity of a command. A handler makes no id and reads no clock: replaying it changes nothing. */
export const commandEnvelopeSchema = z.object({
  id: uuidSchema,
  caseId: uuidSchema,
  base: baseSchema,
  /** The centre's revision of the case that the actor saw: tells whether the command was merged with somebody else's. */
  seenRev: z.int().nonnegative().optional(),
  issuedAt: instantSchema,
  /** The account that acted. The centre takes any account that has signed in on the PC, whoever's session sends it. */
  issuedBy: uuidSchema,
  deviceId: uuidSchema,
  /** Rises by one with each command of the device, without gaps. */
  deviceSeq: z.int().positive()
})

export const commandSchema = z.intersection(commandEnvelopeSchema, intentSchema)
export type Command = z.infer<typeof commandSchema>
