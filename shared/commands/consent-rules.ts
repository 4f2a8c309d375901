import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { Case, CaseField, CaseRecord } from '#shared/domain/case/case.ts'
import { consentFields } from '#shared/domain/case/case-problems.ts'
import { type ConsentRecord, MOST_CONSENTS } from '#shared/domain/consent/consent-record.ts'
import { recordProblem } from '#shared/domain/consent/record-problem.ts'
import { standingConsent } from '#shared/domain/consent/standing-consent.ts'
import { requestShown } from '#shared/domain/policy/consents-to-ask.ts'
import { policyInForce } from '#shared/domain/policy/policy-versions.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { Change } from './change.ts'
import type { Command } from './command.ts'
import type { DecideDeps } from './decide.ts'
import { isFieldOvertaken } from './overtaken.ts'
import type { Refusal } from './refusal.ts'

/** A withdrawal needs a yes before it, so with half of the places left for them none is ever refused for want of room. */
const MOST_RECORDED = MOST_CONSENTS / 2

/**
 * 동의 기록. Answers are only ever added, so two people never conflict: the last one stands. One thing is not left to the
 * order in which desks are heard: a yes does not undo a no that its author has not seen.
 */
export function decideRecordConsent(
  deps: DecideDeps,
  record: CaseRecord | null,
  command: Extract<Command, { name: 'case.record_consent' }>
): Result<Change[], Refusal> {
  const { args, issuedAt, issuedBy } = command
  const found = consentsToChange(deps, record)
  if (!found.ok) return found
  const { subject } = found.value
  const answer: ConsentRecord = { ...args, handler: issuedBy, reason: '', closes: [] }
  if (koreanDayOf(args.answeredAt) > koreanDayOf(issuedAt)) return err({ type: 'DateInFuture' })
  if (subject.consents.length >= MOST_RECORDED) return err({ type: 'TooManyConsents' })
  if (requestShown(deps.policies, answer) === undefined) {
    return err({ type: 'FieldInvalid', field: 'consents', problem: 'consentUnknown' })
  }
  const problem = recordProblem(deps.policies, subject, answer)
  if (problem !== null) return err(problem)
  const standing = standingConsent(subject.consents, args.consentId)
  const isOvertaken = isFieldOvertaken(found.value.record, { ...command, onOvertaken: deps.onOvertaken }, 'consents')
  if (args.given && standing?.given === false && isOvertaken) {
    return err({ type: 'FieldChangedMeanwhile', fields: ['consents'] })
  }
  return added(command, { ...answer, closes: args.given ? [] : closedBy(deps, subject, args) })
}

/**
 * 동의 철회. From this one command on, nothing that rested on the yes is given, shown, found or changed any more, at each
 * desk as soon as it has heard; what was held stays sealed until a batch destroys it. A no that stands is a no.
 */
export function decideWithdrawConsent(
  deps: DecideDeps,
  record: CaseRecord | null,
  command: Extract<Command, { name: 'case.withdraw_consent' }>
): Result<Change[], Refusal> {
  const { args, issuedAt, issuedBy } = command
  const found = consentsToChange(deps, record)
  if (!found.ok) return found
  const standing = standingConsent(found.value.subject.consents, args.consentId)
  if (standing?.given !== true) return deps.onOvertaken === 'refuse' ? err({ type: 'NothingToChange' }) : ok([])
  if (args.reason.trim() === '') return err({ type: 'ReasonMissing' })
  const { policyVersion, noticeHash } = standing
  return added(command, {
    ...args,
    ...{ policyVersion, noticeHash, given: false, answeredAt: issuedAt, handler: issuedBy },
    closes: closedBy(deps, found.value.subject, args)
  })
}

function consentsToChange({ actor }: DecideDeps, record: CaseRecord | null) {
  if (record === null || record.case.districtCode !== actor.districtCode) return err({ type: 'CaseNotFound' as const })
  return ok({ record, subject: record.case })
}

/** The fields that rest on the consent, by the register of the day of application. */
function closedBy({ policies }: DecideDeps, subject: Case, { consentId }: Pick<ConsentRecord, 'consentId'>) {
  const policy = policyInForce(policies, subject.appliedOn)
  if (!policy.ok) return []
  return consentFields(policy.value).flatMap((one): CaseField[] => (one.consentId === consentId ? [one.field] : []))
}

const added = ({ issuedBy: by, issuedAt: at }: Command, answer: ConsentRecord): Result<Change[], Refusal> =>
  ok([{ type: 'ConsentRecorded', answer, act: { by, at, reason: answer.reason } }])
