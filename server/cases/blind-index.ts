import type { Cipher } from '#shared/cipher/cipher.ts'
import type { Case } from '#shared/domain/case/case.ts'
import type { Queryable } from '../db/pool.ts'

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
  return cipher.hmac(blindIndexKey, `${kind}:${number.replaceAll(/\D/g, '')}`)
}

/** The numbers in the case that get a tag, each once: those of everybody who stands in it. */
export function taggedNumbers(subject: Case): { kind: BlindIndexKind; number: string }[] {
  const { applicant, children, helpers, household } = subject
  const registrationNos = [applicant, ...children, ...helpers, ...household].map((person) => person.registrationNo)
  const phones = [applicant.phone, applicant.contactPhone, ...helpers.map((helper) => helper.phone)]
  const once = (kind: BlindIndexKind, numbers: readonly (string | null)[]) =>
    [...new Set(numbers)].filter((number) => number !== null).map((number) => ({ kind, number }))
  return [...once('registration_no', registrationNos), ...once('phone', phones)]
}

export const blindTagsOf = (deps: BlindIndexDeps, subject: Case): BlindTag[] =>
  taggedNumbers(subject).map(({ kind, number }) => ({ tag: blindTag(deps, kind, number), kind, caseId: subject.id }))

/** Whether the revision leaves the tags of its case as they are. */
export const hasSameTags = (before: Case, after: Case): boolean =>
  JSON.stringify(taggedNumbers(before)) === JSON.stringify(taggedNumbers(after))

/** Replaces the tags of these cases. */
export async function putBlindTags(
  db: Queryable,
  caseIds: readonly string[],
  tags: readonly BlindTag[]
): Promise<void> {
  await db.query('DELETE FROM blind_indexes WHERE case_id = ANY($1::uuid[])', [caseIds])
  await insertBlindTags(db, tags)
}

export async function insertBlindTags(db: Queryable, tags: readonly BlindTag[]): Promise<void> {
  await db.query(
    `INSERT INTO blind_indexes (tag, kind, case_id)
     SELECT tag, kind, case_id FROM unnest($1::bytea[], $2::text[], $3::uuid[]) AS given (tag, kind, case_id) ORDER BY tag`,
    [tags.map(({ tag }) => tag), tags.map(({ kind }) => kind), tags.map(({ caseId }) => caseId)]
  )
}

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
