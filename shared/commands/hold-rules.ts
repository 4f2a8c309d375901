import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { MOST_HOLDS } from '#shared/domain/retention/hold.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { Change } from './change.ts'
import type { Command } from './command.ts'
import type { DecideDeps } from './decide.ts'
import type { Refusal } from './refusal.ts'

/** 보존 보류. Two people hold a case at the same time without being in each other's way: both holds stand. */
export function decideHoldCase(
  deps: DecideDeps,
  record: CaseRecord | null,
  { id, args, issuedAt, issuedBy }: Extract<Command, { name: 'case.hold' }>
): Result<Change[], Refusal> {
  const found = holdsToChange(deps, record)
  if (!found.ok) return found
  const holds = found.value
  if (holds.some((hold) => hold.id === id)) return ok([])
  if (args.basis === '' || args.reason === '') return err({ type: 'ReasonMissing' })
  if (args.endsOn !== null && args.endsOn < koreanDayOf(issuedAt)) return err({ type: 'DateInPast' })
  if (holds.length >= MOST_HOLDS) return err({ type: 'TooManyHolds' })
  return ok([{ type: 'HoldPlaced', hold: { ...args, id, placedBy: issuedBy, placedAt: issuedAt, release: null } }])
}

/** 보류 해제. One that somebody else has released already is released. */
export function decideReleaseHold(
  deps: DecideDeps,
  record: CaseRecord | null,
  { args: { holdId, reason }, issuedAt, issuedBy }: Extract<Command, { name: 'case.release_hold' }>
): Result<Change[], Refusal> {
  const found = holdsToChange(deps, record)
  if (!found.ok) return found
  const hold = found.value.find(({ id }) => id === holdId)
  if (hold === undefined) return err({ type: 'HoldNotFound' })
  if (hold.release !== null) return ok([])
  if (reason === '') return err({ type: 'ReasonMissing' })
  return ok([{ type: 'HoldReleased', holdId, release: { by: issuedBy, at: issuedAt, reason } }])
}

function holdsToChange({ actor }: DecideDeps, record: CaseRecord | null) {
  if (record === null || record.case.districtCode !== actor.districtCode) return err({ type: 'CaseNotFound' as const })
  return ok(record.case.holds)
}
