import { z } from 'zod'
import { addDays } from '#shared/domain/calendar/day.ts'
import { dateSchema, type IsoDate } from '#shared/foundation/primitives.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { type PolicyInvalid, parsePolicy } from './parse-policy.ts'
import type { PolicyRegister } from './policy.ts'

/** `resources/policy/index.json`: every version that was ever published, the newest last and open-ended. */
export const policyIndexSchema = z.strictObject({
  format: z.literal(1),
  versions: z
    .array(
      z.strictObject({
        id: dateSchema,
        effectiveFrom: dateSchema,
        effectiveUntil: dateSchema.nullable(),
        /** The register's file name, or null when the version is known but its text is not held. */
        file: z
          .string()
          .regex(/^\d{4}-\d{2}-\d{2}\.json$/)
          .nullable()
      })
    )
    .min(1)
})
export type PolicyIndex = z.infer<typeof policyIndexSchema>

/** The index is malformed, has a gap or an overlap, or disagrees with a file. */
export interface PolicyIndexInvalid {
  readonly type: 'PolicyIndexInvalid'
  readonly versionId: string | null
  readonly message: string
}

/** A file that the index names was not handed in. */
export interface PolicyFileMissing {
  readonly type: 'PolicyFileMissing'
  readonly file: string
}

export type LoadPoliciesError = PolicyInvalid | PolicyIndexInvalid | PolicyFileMissing

/**
 * Checks the index and every file it names and returns the held versions, oldest first. `index` and the values of
 * `files` (by file name) are parsed JSON.
 */
export function loadPolicies(sources: {
  readonly index: unknown
  readonly files: Readonly<Record<string, unknown>>
}): Result<PolicyRegister[], LoadPoliciesError> {
  const parsed = policyIndexSchema.safeParse(sources.index)
  if (!parsed.success) {
    return err({ type: 'PolicyIndexInvalid', versionId: null, message: parsed.error.issues[0]?.message ?? '' })
  }
  const disorder = indexDisorder(parsed.data)
  if (disorder !== null) return err(disorder)
  const policies: PolicyRegister[] = []
  for (const version of parsed.data.versions) {
    if (version.file === null) continue
    if (!Object.hasOwn(sources.files, version.file)) return err({ type: 'PolicyFileMissing', file: version.file })
    const policy = parsePolicy(sources.files[version.file])
    if (!policy.ok) return policy
    const disagreement = indexDisagreement(parsed.data, version, policy.value)
    if (disagreement !== null) return err(disagreement)
    policies.push(policy.value)
  }
  return ok(policies)
}

/** No version was published yet on the day. */
export interface PolicyNotInForce {
  readonly type: 'PolicyNotInForce'
  readonly date: IsoDate
}

/** A version was in force on the day, but its text is not held: nothing may be judged by another version instead. */
export interface PolicyTextNotHeld {
  readonly type: 'PolicyTextNotHeld'
  readonly date: IsoDate
  readonly effectiveFrom: IsoDate
  readonly effectiveUntil: IsoDate
}

/**
 * The version in force on a calendar day in Korea: the latest one held that had taken effect. Before the first one held,
 * what that one says of its predecessors (제13조 ②) tells whether a version existed.
 */
export function policyInForce(
  policies: readonly PolicyRegister[],
  date: IsoDate
): Result<PolicyRegister, PolicyNotInForce | PolicyTextNotHeld> {
  const held = [...policies].sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1))
  const inForce = held.findLast((policy) => policy.effectiveFrom <= date)
  const named = held
    .flatMap((policy) => policy.earlierVersions)
    .find((version) => version.effectiveFrom <= date && date <= version.effectiveUntil)
  const overtaken = named !== undefined && (inForce === undefined || inForce.effectiveFrom < named.effectiveFrom)
  if (overtaken) {
    const { effectiveFrom, effectiveUntil } = named
    return err({ type: 'PolicyTextNotHeld', date, effectiveFrom, effectiveUntil })
  }
  return inForce === undefined ? err({ type: 'PolicyNotInForce', date }) : ok(inForce)
}

type IndexVersion = PolicyIndex['versions'][number]

function indexDisorder({ versions }: PolicyIndex): PolicyIndexInvalid | null {
  for (const [position, version] of versions.entries()) {
    const next = versions[position + 1]
    const message = versionDisorder(version, next)
    if (message !== null) return { type: 'PolicyIndexInvalid', versionId: version.id, message }
  }
  return null
}

function versionDisorder(version: IndexVersion, next: IndexVersion | undefined): string | null {
  const { id, effectiveFrom, effectiveUntil } = version
  if (id !== effectiveFrom) return 'the id is not the day the version takes effect'
  if (effectiveUntil !== null && effectiveUntil < effectiveFrom) return 'the version ends before it begins'
  if (next === undefined) return effectiveUntil === null ? null : 'the newest version must be open-ended'
  if (effectiveUntil === null) return 'only the newest version may be open-ended'
  return addDays(effectiveUntil, 1) === next.effectiveFrom ? null : 'the next version does not begin the day after'
}

/** The index and a register must tell the same history. */
function indexDisagreement(
  index: PolicyIndex,
  version: IndexVersion,
  policy: PolicyRegister
): PolicyIndexInvalid | null {
  if (policy.id !== version.id) {
    return { type: 'PolicyIndexInvalid', versionId: version.id, message: `${version.file} holds another version` }
  }
  const lost = policy.earlierVersions.find(
    (earlier) =>
      !index.versions.some(
        (known) => known.effectiveFrom === earlier.effectiveFrom && known.effectiveUntil === earlier.effectiveUntil
      )
  )
  if (lost === undefined) return null
  return {
    type: 'PolicyIndexInvalid',
    versionId: version.id,
    message: `the index lacks the earlier version of ${lost.effectiveFrom}`
  }
}
