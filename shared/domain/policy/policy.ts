import { z } from 'zod'
import { dateSchema } from '#shared/foundation/primitives.ts'
import {
  consentSchema,
  fileSchema,
  legalBasisSchema,
  provisionSchema,
  purposeSchema,
  wordingSchema
} from './policy-data.ts'
import {
  accessRequestsSchema,
  articleSchema,
  cookiesSchema,
  destructionSchema,
  earlierVersionSchema,
  fileRegistrationSchema,
  impactAssessmentSchema,
  labellingSchema,
  officersSchema,
  outsourcingSchema,
  remediesSchema,
  rightsSchema,
  safetyGroupSchema
} from './policy-promises.ts'

const bodySchema = z.strictObject({ name: wordingSchema, shortName: wordingSchema })

/**
 * One version of the privacy policy (처리방침) as data: `resources/policy/<id>.json`. Schema alone; that references
 * resolve is checked by `parsePolicy`. See `docs/specs/policy-register.md`.
 */
export const policyRegisterSchema = z.strictObject({
  /** The shape of this file. A change that older programs cannot read raises it. */
  format: z.literal(1),
  /** The version's name: the day it takes effect. */
  id: dateSchema,
  effectiveFrom: dateSchema,
  title: wordingSchema,
  controller: bodySchema,
  system: bodySchema,
  preamble: wordingSchema,
  labelling: labellingSchema,
  articles: z.array(articleSchema).min(1),
  legalBases: z.array(legalBasisSchema).min(1),
  purposes: z.array(purposeSchema).min(1),
  files: z.array(fileSchema).min(1),
  fileRegistration: fileRegistrationSchema,
  provisions: z.array(provisionSchema),
  consents: z.array(consentSchema),
  outsourcing: outsourcingSchema,
  impactAssessments: z.array(impactAssessmentSchema),
  rights: rightsSchema,
  destruction: destructionSchema,
  safety: z.array(safetyGroupSchema).min(1),
  cookies: cookiesSchema,
  officers: officersSchema,
  accessRequests: accessRequestsSchema,
  remedies: remediesSchema,
  earlierVersions: z.array(earlierVersionSchema)
})
export type PolicyRegister = z.infer<typeof policyRegisterSchema>
