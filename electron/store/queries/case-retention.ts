import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { unconfirmedOf } from '#shared/domain/consent/standing-consent.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { itemById } from '#shared/domain/policy/policy-items.ts'
import { policyInForce } from '#shared/domain/policy/policy-versions.ts'
import { partState } from '#shared/domain/retention/part-state.ts'
import { completedOn, USUAL_RECORD_YEARS } from '#shared/domain/retention/record-term.ts'
import type { Provided } from '#shared/domain/retention/retention-facts.ts'
import { type HeldPart, whyHeld } from '#shared/domain/retention/why-held.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import type { CopyPlace, HeldPartView, RetentionView } from '#shared/ipc/retention-views.ts'
import { uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import type { ReadableDb } from '../db/database.ts'
import { caseAtCentre } from '../outbox/outbox.ts'
import type { PolicyDep } from '../outbox/rerun.ts'
import { linesOfCase, provisionRun } from '../provision/provision-rows.ts'

/** null: the text of the register that was in force on the day of application is not held, so nobody here can say. */
export function caseRetention(
  db: ReadableDb,
  { policies, now }: PolicyDep & TimeDep,
  { case: subject }: CaseRecord
): RetentionView | null {
  const policy = policyInForce(policies, subject.appliedOn)
  const unconfirmed = unconfirmedOf(policies, subject.consents)
  const facts = { subject, provided: providedOf(db, subject.id), unconfirmed, recordYears: USUAL_RECORD_YEARS }
  const parts = whyHeld(policies, facts)
  if (!policy.ok || !parts.ok) return null
  const today = koreanDayOf(now())
  return {
    parts: parts.value.map((part) => partToView(policy.value, part, today)),
    completedOn: completedOn(subject),
    recordYears: USUAL_RECORD_YEARS,
    copies: copiesOf(db, subject.id)
  }
}

/** What recipients were given and have not confirmed the deletion of. */
const providedOf = (db: ReadableDb, caseId: string): Provided[] =>
  linesOfCase(db, caseId).flatMap(({ runId, items, proven }) => {
    const run = proven === null ? provisionRun(db, runId) : null
    if (run === null || run.file === null) return []
    const { provisionId, recipientId, givenAt, agreementEndsOn } = run
    return [{ provisionId, recipientId, items, on: koreanDayOf(givenAt), agreementEndedOn: agreementEndsOn }]
  })

function partToView(policy: PolicyRegister, part: HeldPart, today: string): HeldPartView {
  const { place, group, items, bases, since, term, recordsUntil, deadline } = part
  return {
    recipient: place === 'office' ? null : recipientName(policy, place.recipientId),
    group: group.name,
    items: items.flatMap((id) => nameOf(policy, id)),
    bases: bases.map(({ text }) => text),
    since,
    cause: term.cause,
    until: term.until,
    recordsUntil,
    deadline,
    state: partState(part, today)
  }
}

function nameOf(policy: PolicyRegister, id: HeldPart['items'][number]): string[] {
  const item = itemById(policy, id)
  return item.ok ? [item.value.name] : []
}

const recipientName = (policy: PolicyRegister, recipientId: string): string =>
  policy.provisions.flatMap(({ recipients }) => recipients).find(({ id }) => id === recipientId)?.name ?? recipientId

/** Every PC of the district receives every case of it; backups are the centre's. */
function copiesOf(db: ReadableDb, caseId: string): CopyPlace[] {
  const shared: CopyPlace[] = [{ place: 'centre' }, { place: 'other_pcs' }, { place: 'backups' }]
  return [{ place: 'this_pc' }, ...(caseAtCentre(db, caseId) === null ? [] : shared), ...filesOf(db, caseId)]
}

function filesOf(db: ReadableDb, caseId: string): CopyPlace[] {
  const written = db.get<{ count: number; lastAt: string | null }>(
    `SELECT count(*) AS count, max(json_extract(l.body, '$.at')) AS lastAt
     FROM access_subjects s JOIN access_log l ON l.no = s.no
     WHERE s.case_id = ? AND json_extract(l.body, '$.act') IN ('copy', 'save_document', 'provide')`,
    uuidToBlob(caseId)
  )
  if (written === undefined || written.lastAt === null) return []
  return [{ place: 'files', count: written.count, lastAt: written.lastAt }]
}
