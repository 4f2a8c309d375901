import { z } from 'zod'
import { completeConsent } from '#shared/domain/consent/consent-record.ts'
import { caseDocumentSchema, MOST_DOCUMENTS } from '#shared/domain/document/case-document.ts'
import { holdSchema, MOST_HOLDS } from '#shared/domain/retention/hold.ts'
import { dateSchema, districtCodeSchema, instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'
import { VERSIONED_FIELD_SCHEMAS } from './case-field-schemas.ts'
import { applicantSchema, VERSIONED_FIELDS } from './case-parts.ts'
import { caseStateSchema } from './case-state.ts'
import { editStepSchema, MOST_CONFLICTS, MOST_EDITS, openConflictSchema } from './conflict.ts'
import { administrative } from './held.ts'

export * from './case-parts.ts'

/**
 * A 신청 건 and everything the desk holds of it. Every leaf names the policy item that allows it (`held`) or says why it
 * is the office's own bookkeeping (`administrative`); a leaf without either fails `case-grounds.test.ts`.
 */

export const stateStepSchema = z.object({
  state: administrative('workflow', caseStateSchema),
  at: administrative('workflow', instantSchema),
  by: administrative('the id of a staff account', uuidSchema),
  reason: administrative('why the official moved the case; the form forbids personal data here', z.string().max(400))
})
export type StateStep = z.infer<typeof stateStepSchema>

/** A case that moved more often could not be read by any desk. */
export const MOST_STATE_STEPS = 500

export const caseSchema = z.object({
  id: administrative('a random id', uuidSchema),
  /** `2026-11-0412` once the centre has numbered it, `임시-` and the desk's own number before. */
  applicationNo: administrative('a running number', z.string().min(1).max(24)),
  districtCode: administrative('the office in charge', districtCodeSchema),
  dongCode: VERSIONED_FIELD_SCHEMAS.dongCode,
  service: VERSIONED_FIELD_SCHEMAS.service,
  state: VERSIONED_FIELD_SCHEMAS.state,
  appliedOn: VERSIONED_FIELD_SCHEMAS.appliedOn,
  /** The day by which the notice of the decision is due; null when nothing is owed. */
  dueOn: administrative('workflow', dateSchema.nullable()),
  assigneeId: VERSIONED_FIELD_SCHEMAS.assigneeId,
  applicant: applicantSchema,
  children: VERSIONED_FIELD_SCHEMAS.children,
  helpers: VERSIONED_FIELD_SCHEMAS.helpers,
  household: VERSIONED_FIELD_SCHEMAS.household,
  consents: VERSIONED_FIELD_SCHEMAS.consents,
  history: z.array(stateStepSchema).max(MOST_STATE_STEPS),
  /** 충돌: values of which somebody has still to choose one. A case of before protocol 2 has none. */
  conflicts: z.array(openConflictSchema).max(MOST_CONFLICTS).default([]),
  /** Who corrected what; steps of before protocol 2 are not there. */
  edits: z.array(editStepSchema).max(MOST_EDITS).default([]),
  /** 문서: what was handed in with the application. Their content lies apart, in sealed chunks. */
  documents: z.array(caseDocumentSchema).max(MOST_DOCUMENTS).default([]),
  /** 보존 보류: why it is kept although a term is over. */
  holds: z.array(holdSchema).max(MOST_HOLDS).default([])
})
export type Case = z.infer<typeof caseSchema>
/** A case as an earlier version of this program may have stored it. */
export type StoredCase = z.input<typeof caseSchema>

export const completeCase = (stored: StoredCase): Case => ({
  ...stored,
  consents: stored.consents.map(completeConsent),
  conflicts: stored.conflicts ?? [],
  edits: stored.edits ?? [],
  documents: stored.documents ?? [],
  holds: stored.holds ?? []
})

/** The revision of the case at which each field last changed; a field that never changed since intake is absent (= 1). */
export const fieldRevsSchema = z.partialRecord(z.enum(VERSIONED_FIELDS), z.int().positive())
export type FieldRevs = z.infer<typeof fieldRevsSchema>

/** A case with its place in time. `rev` starts at 1 and rises with every command the centre applies. */
export const caseRecordSchema = z.object({
  case: caseSchema,
  rev: z.int().nonnegative(),
  fieldRevs: fieldRevsSchema
})
export type CaseRecord = z.infer<typeof caseRecordSchema>
