import { z } from 'zod'
import { caseFieldSchema, VERSIONED_FIELDS } from '#shared/domain/case/case.ts'
import { caseStateSchema } from '#shared/domain/case/case-state.ts'
import { MOST_CHUNKS } from '#shared/domain/document/case-document.ts'
import { DOCUMENT_TITLES } from '#shared/domain/document/document-titles.ts'

/** Why a command was not applied. Travels over HTTP and is kept in the outbox, so it is a schema. No personal data. */
export const refusalSchema = z.discriminatedUnion('type', [
  /** The case is not there or not in the actor's charge: the two answer alike. */
  z.object({ type: z.literal('CaseNotFound') }),
  z.object({ type: z.literal('RoleNotAllowed') }),
  /** Her grant leaves these fields out. */
  z.object({ type: z.literal('FieldNotGranted'), fields: z.array(caseFieldSchema) }),
  /** The centre has the case and cannot open it now: its key is missing. */
  z.object({ type: z.literal('CaseUnreadable') }),
  z.object({ type: z.literal('CaseAlreadyRegistered') }),
  z.object({ type: z.literal('StateNotReachable'), from: caseStateSchema, to: caseStateSchema }),
  z.object({ type: z.literal('ReasonMissing') }),
  z.object({ type: z.literal('NothingToChange') }),
  /** Somebody else changed the same field since the actor read it. */
  z.object({ type: z.literal('FieldChangedMeanwhile'), fields: z.array(z.enum(VERSIONED_FIELDS)) }),
  /** The case has so many open conflicts that none more may be added: they are to be decided first. */
  z.object({ type: z.literal('ConflictsFull') }),
  /** The conflict was never there, or was decided so long ago that the history no longer tells. */
  z.object({ type: z.literal('ConflictNotFound') }),
  /** A field fails a rule of the domain; `problem` is a key of `fieldProblem.*` in the locale files. */
  z.object({ type: z.literal('FieldInvalid'), field: caseFieldSchema, problem: z.string().max(60) }),
  /** An optional item was filled in although the consent it rests on was not given. */
  z.object({ type: z.literal('ConsentMissing'), field: caseFieldSchema, consentId: z.string().max(80) }),
  /** A consent that the register in force asks for was left without an answer. */
  z.object({ type: z.literal('ConsentUnanswered'), consentId: z.string().max(80) }),
  /** The version of the policy holds another notice than the one that was shown. */
  z.object({ type: z.literal('NoticeNotShown'), consentId: z.string().max(80) }),
  /** A child under 14 consents through its legal representative alone. */
  z.object({ type: z.literal('GuardianMissing'), consentId: z.string().max(80) }),
  z.object({ type: z.literal('TooManyConsents') }),
  z.object({ type: z.literal('DateInFuture') }),
  z.object({ type: z.literal('DateInPast') }),
  /** No version of the policy register is in force on the day. */
  z.object({ type: z.literal('PolicyNotInForce') }),
  z.object({ type: z.literal('TooManyDocuments') }),
  z.object({ type: z.literal('TooManyHolds') }),
  /** There is no hold of this id in the case. */
  z.object({ type: z.literal('HoldNotFound') }),
  /** The register in force on the day of application does not allow what the paper shows. */
  z.object({ type: z.literal('DocumentNotAllowed'), title: z.enum(DOCUMENT_TITLES) }),
  /** The document cannot be attached before these pieces of it are at the centre; the desk sends them and attaches anew. */
  z.object({ type: z.literal('ChunksMissing'), chunks: z.array(z.string().length(64)).max(MOST_CHUNKS) }),
  /** The command's body does not fit its schema, or its name is unknown here (an older or newer desk). */
  z.object({ type: z.literal('CommandUnreadable') }),
  /** Another command of this PC already had the number: its store file was copied or set back. */
  z.object({ type: z.literal('DeviceSequenceReused') })
])
export type Refusal = z.infer<typeof refusalSchema>

export const REFUSAL_TYPES: readonly Refusal['type'][] = refusalSchema.options.map(({ shape }) => shape.type.value)
