import { z } from 'zod'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'
import { VERSIONED_FIELD_SCHEMAS } from './case-field-schemas.ts'
import { CASE_FIELDS, VERSIONED_FIELDS, type VersionedField } from './case-parts.ts'
import { administrative } from './held.ts'

/**
 * 충돌: two people set the same field without knowing of each other. What stands in the case and what the other wanted
 * lie side by side until somebody chooses. They lie in the case itself, so that they are sealed with it, travel with it
 * and are destroyed with it.
 */

/** More would make a case that nobody can read; a command that would open one more is refused. */
export const MOST_CONFLICTS = 40
export const MOST_EDITS = 100

const reason = administrative('why the official acted; the form forbids personal data here', z.string().max(400))

/** The value that stands. `by` and `at` are null where it was set before edits were kept. */
const theirsSchema = <V extends z.ZodType>(value: V) =>
  z.object({
    value,
    by: administrative('the id of a staff account', uuidSchema.nullable()),
    at: administrative('when the value was set', instantSchema.nullable()),
    reason
  })

/** The value that could not be set. */
const mineSchema = <V extends z.ZodType>(value: V) =>
  z.object({
    value,
    by: administrative('the id of a staff account', uuidSchema),
    at: administrative('when the value was typed', instantSchema),
    reason,
    commandId: administrative('the random id of a command', uuidSchema)
  })

/** A conflict about one field: each value is held under the ground of that field, and fits its schema. */
const conflictAbout = (field: VersionedField) => {
  const value: z.ZodType = VERSIONED_FIELD_SCHEMAS[field]
  return z.object({
    id: administrative('the id of a command and the name of a field', z.string().min(1).max(80)),
    field: administrative('the name of a field', z.literal(field)),
    theirs: theirsSchema(value),
    mine: mineSchema(value),
    openedAt: administrative('when the first of the values was typed that could not be set', instantSchema),
    /** The revision of the case at which `mine` came to lie here: an edit that was made on top of it names this one. */
    rev: administrative('a running number', z.int().positive())
  })
}

export const openConflictSchema = z.discriminatedUnion('field', [
  conflictAbout('state'),
  ...CASE_FIELDS.map(conflictAbout)
])
export type OpenConflict = z.infer<typeof openConflictSchema>
export type StandingValue = OpenConflict['theirs']
export type OtherValue = OpenConflict['mine']

/** What was chosen; `other`: the author of `mine` has typed a third value since. */
export const CHOICES = ['theirs', 'mine', 'other'] as const

export const closedConflictSchema = z.object({
  conflict: openConflictSchema,
  choice: administrative('which of the two values was chosen', z.enum(CHOICES))
})
export type ClosedConflict = z.infer<typeof closedConflictSchema>

/** `merged`: somebody else had changed another field since the author saw the case. `resolved`: a conflict was decided. */
export const EDIT_KINDS = ['plain', 'merged', 'resolved'] as const

/** A line of the history of corrections. */
export const editStepSchema = z.object({
  fields: z
    .array(administrative('the name of a field', z.enum(VERSIONED_FIELDS)))
    .min(1)
    .max(20),
  by: administrative('the id of a staff account', uuidSchema),
  at: administrative('when it was done', instantSchema),
  reason,
  how: administrative('how the edit came to its place', z.enum(EDIT_KINDS)),
  /** The conflicts that ended with it: the value that was not chosen is not lost. */
  closed: z.array(closedConflictSchema).max(MOST_CONFLICTS)
})
export type EditStep = z.infer<typeof editStepSchema>

/** The same at every desk and at the centre, whoever decides first. */
export const conflictId = (commandId: string, field: VersionedField): string => `${commandId}:${field}`
