import { z } from 'zod'
import { dateSchema } from '#shared/foundation/primitives.ts'
import { registerIdSchema, wordingSchema } from './policy-data.ts'

/** The part of a policy version that states what the office does and promises: the wording and 제2조, 제4조 to 제13조. */

const phoneText = z.string().regex(/^[0-9~ 가-힣-]{3,30}$/)
const textById = z.strictObject({ id: registerIdSchema, text: wordingSchema })

export const labellingSchema = z.strictObject({
  title: wordingSchema,
  cells: z
    .array(
      z.strictObject({
        id: z.enum(['items', 'purpose', 'retention', 'provision', 'outsourcing', 'department']),
        label: wordingSchema,
        text: wordingSchema
      })
    )
    .length(6)
})

/** The sentences of one article; tables and bulleted lists stand parsed in the section of the article. */
export const articleSchema = z.strictObject({
  no: z.int().positive(),
  title: wordingSchema,
  clauses: z
    .array(z.strictObject({ no: z.int().positive(), text: wordingSchema, notes: z.array(wordingSchema) }))
    .min(1)
})
export type Article = z.infer<typeof articleSchema>

const portal = { name: wordingSchema, url: wordingSchema, path: z.array(wordingSchema).min(1) }

/** 제2조: where the registered files can be looked up. */
export const fileRegistrationSchema = z.strictObject({
  portal: z.strictObject({ ...portal, searchTerm: wordingSchema })
})

/** 제4조: trustees with the first and last day of their contracts, and what each contract must say. */
export const outsourcingSchema = z.strictObject({
  trustees: z.array(z.strictObject({ name: wordingSchema, task: wordingSchema, from: dateSchema, until: dateSchema })),
  contractDuties: z.array(textById).min(1),
  writtenContract: z.boolean(),
  supervised: z.boolean(),
  changesPublished: wordingSchema
})

/** 제5조: which groups of which file the assessment of that year covered. */
export const impactAssessmentSchema = z.strictObject({
  file: registerIdSchema,
  fileName: wordingSchema,
  itemsText: wordingSchema,
  groups: z.array(registerIdSchema).min(1),
  year: z.int().min(2011).max(2100)
})

export const RIGHT_KINDS = ['access', 'correction', 'erasure', 'suspension'] as const
const rightKindSchema = z.enum(RIGHT_KINDS)
const FORM_IDS = ['accessRequest', 'powerOfAttorney'] as const

/** 제6조. */
export const rightsSchema = z.strictObject({
  kinds: z.array(z.strictObject({ id: rightKindSchema, name: wordingSchema })).min(1),
  /** Below the age the legal representative must ask; from it on, those listed may. */
  minors: z.strictObject({
    representedUnderAge: z.int().positive(),
    fromThatAge: z.array(z.enum(['self', 'legalRepresentative'])).min(1)
  }),
  channels: z.array(wordingSchema).min(1),
  channelsBasis: wordingSchema,
  handledWithin: wordingSchema,
  agents: z.array(wordingSchema).min(1),
  agentForm: z.enum(FORM_IDS),
  limits: z.array(
    z.strictObject({
      kinds: z.array(rightKindSchema).min(1),
      effect: z.enum(['restricted', 'excluded']),
      grounds: z.array(wordingSchema).min(1)
    })
  ),
  identityChecked: z.array(rightKindSchema).min(1),
  forms: z.array(
    z.strictObject({
      id: z.enum(FORM_IDS),
      notice: wordingSchema,
      annex: z.int().positive(),
      name: wordingSchema
    })
  )
})

/** 제7조. */
export const destructionSchema = z.strictObject({
  reasons: z.array(textById).min(1),
  within: wordingSchema,
  separateStorage: z.strictObject({ when: wordingSchema, ways: z.array(wordingSchema).min(1) }),
  procedureTitle: wordingSchema,
  procedure: z.array(textById).min(1),
  approver: registerIdSchema,
  methodsTitle: wordingSchema,
  methods: z.array(z.strictObject({ id: registerIdSchema, medium: wordingSchema, method: wordingSchema })).min(1)
})

/** 제8조: one group of measures. */
export const safetyGroupSchema = z.strictObject({
  id: z.enum(['administrative', 'technical', 'physical']),
  title: wordingSchema,
  measures: z.array(textById.extend({ keptAtLeastYears: z.int().positive().optional() })).min(1)
})

/** 제9조. */
export const cookiesSchema = z.strictObject({
  used: z.boolean(),
  purposeTitle: wordingSchema,
  purpose: wordingSchema,
  refusalTitle: wordingSchema,
  refusal: wordingSchema,
  refusalSteps: z.array(z.strictObject({ browser: wordingSchema, text: wordingSchema })).min(1),
  consequence: wordingSchema
})

/** 제10조: posts, not people. The name of who holds a post is an office setting. */
export const officersSchema = z.strictObject({
  posts: z
    .array(
      z.strictObject({
        id: registerIdSchema,
        role: wordingSchema,
        department: wordingSchema,
        rank: wordingSchema
      })
    )
    .min(1),
  contact: z.strictObject({ department: wordingSchema, phone: phoneText, email: z.email() })
})

/** 제11조: the department that takes in requests for access. The handler's name and mailbox are office settings. */
export const accessRequestsSchema = z.strictObject({
  department: z.strictObject({ name: wordingSchema, handlerRank: wordingSchema, phone: phoneText }),
  portal: z.strictObject({ ...portal, identityProofs: z.array(wordingSchema).min(1) })
})

/** 제12조. */
export const remediesSchema = z.strictObject({
  bodies: z
    .array(z.strictObject({ division: wordingSchema, name: wordingSchema, url: wordingSchema, phone: phoneText }))
    .min(1),
  administrativeAppeal: z.strictObject({
    against: z.array(wordingSchema).min(1),
    law: wordingSchema,
    body: wordingSchema,
    url: z.url()
  })
})

/** 제13조 ②: a version before this one. Its text may not be held. */
export const earlierVersionSchema = z.strictObject({
  effectiveFrom: dateSchema,
  effectiveUntil: dateSchema,
  /** The documents that the published page linked. */
  links: z.array(wordingSchema)
})
