import type { Cipher } from '#shared/cipher/cipher.ts'
import type { Case } from '#shared/domain/case/case.ts'
import { withoutClosed } from '#shared/domain/consent/without-closed.ts'
import type { Queryable } from '../db/pool.ts'
import { together } from '../db/run-tx.ts'

/**
 * Blind indexes: an HMAC of a registration number or phone under a key of the keys database. Equal numbers have equal
 * tags, so that the centre finds a person who stands in several cases without holding a number in clear.
 */
export type BlindIndexKind = 'registration_no' | 'phone'

export interface BlindTag {
  readonly tag: Uint8Array
  readonly kind: BlindIndexKind
  readonly caseId: string
}

export interface BlindIndexDeps {
  readonly cipher: Cipher
  readonly blindIndexKey: Uint8Array
}

export function blindTag({ cipher, blindIndexKey }: BlindIndexDeps, kind: BlindIndexKind, number: string): Uint8Array {
  return cipher.hmac(blindIndexKey, `${kind}:${digitsOf(number)}`)
}

const digitsOf = (number: string): string => number.replaceAll(/\D/g, '')

interface TaggedNumber {
  readonly kind: BlindIndexKind
  readonly number: string
}

/** The numbers in the case that get a tag, each once: those of everybody who stands in it. */
export function taggedNumbers(subject: Case): TaggedNumber[] {
  const { applicant, children, helpers, household } = withoutClosed(subject)
  const registrationNos = [applicant, ...children, ...helpers, ...household].map((person) => person.registrationNo)
  const phones = [applicant.phone, applicant.contactPhone, ...helpers.map((helper) => helper.phone)]
  const once = (kind: BlindIndexKind, numbers: readonly (string | null)[]) =>
    [...new Set(numbers)].filter((number) => number !== null).map((number) => ({ kind, number }))
  return [...once('registration_no', registrationNos), ...once('phone', phones)]
}

export const blindTagsOf = (deps: BlindIndexDeps, subject: Case): BlindTag[] =>
  tagsOf(deps, subject.id, taggedNumbers(subject))

const tagsOf = (deps: BlindIndexDeps, caseId: string, numbers: readonly TaggedNumber[]): BlindTag[] =>
  numbers.map(({ kind, number }) => ({ tag: blindTag(deps, kind, number), kind, caseId }))

/** A case and what it was before; null: it is new. */
export interface RevisedCase {
  readonly before: Case | null
  readonly after: Case
}

/** Writes the tags of numbers that have come and removes those of numbers that have gone: most revisions change none. */
export async function reviseBlindTags(
  db: Queryable,
  deps: BlindIndexDeps,
  revised: readonly RevisedCase[]
): Promise<void> {
  const gone: BlindTag[] = []
  const come: BlindTag[] = []
  for (const { before, after } of revised) {
    const old = before === null ? [] : taggedNumbers(before)
    const now = taggedNumbers(after)
    gone.push(...tagsOf(deps, after.id, without(old, now)))
    come.push(...tagsOf(deps, after.id, without(now, old)))
  }
  const removing =
    gone.length === 0
      ? null
      : db.query({
          name: 'delete-tags',
          text: `DELETE FROM blind_indexes b USING unnest($1::bytea[], $2::text[], $3::uuid[]) AS given (tag, kind, case_id)
        WHERE b.tag = given.tag AND b.kind = given.kind AND b.case_id = given.case_id`,
          values: columnsOf(gone)
        })
  await together([removing ?? Promise.resolve(), come.length > 0 ? insertBlindTags(db, come) : Promise.resolve()])
}

/** Numbers that differ in their writing alone have the same tag. */
function without(numbers: readonly TaggedNumber[], others: readonly TaggedNumber[]): TaggedNumber[] {
  const known = new Set(others.map(({ kind, number }) => `${kind}:${digitsOf(number)}`))
  return numbers.filter(({ kind, number }) => !known.has(`${kind}:${digitsOf(number)}`))
}

export async function insertBlindTags(db: Queryable, tags: readonly BlindTag[]): Promise<void> {
  await db.query({
    name: 'insert-tags',
    text: `INSERT INTO blind_indexes (tag, kind, case_id)
      SELECT tag, kind, case_id FROM unnest($1::bytea[], $2::text[], $3::uuid[]) AS given (tag, kind, case_id)
      ORDER BY tag ON CONFLICT DO NOTHING`,
    values: columnsOf(tags)
  })
}

const columnsOf = (tags: readonly BlindTag[]): unknown[][] => [
  tags.map(({ tag }) => tag),
  tags.map(({ kind }) => kind),
  tags.map(({ caseId }) => caseId)
]

/** The cases in which a person with this number stands. */
export async function caseIdsByNumber(
  db: Queryable,
  deps: BlindIndexDeps,
  { kind, number }: { kind: BlindIndexKind; number: string }
): Promise<string[]> {
  const { rows } = await db.query<{ case_id: string }>(
    'SELECT case_id FROM blind_indexes WHERE tag = $1 AND kind = $2 ORDER BY case_id',
    [blindTag(deps, kind, number), kind]
  )
  return rows.map((row) => row.case_id)
}
