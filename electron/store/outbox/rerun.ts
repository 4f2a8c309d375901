import type { Change } from '#shared/commands/change.ts'
import type { CommandBase } from '#shared/commands/command.ts'
import { decide } from '#shared/commands/decide.ts'
import type { OnOvertaken } from '#shared/commands/overtaken.ts'
import type { Refusal } from '#shared/commands/refusal.ts'
import type { CaseRecord, VersionedField } from '#shared/domain/case/case.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import type { Result } from '#shared/foundation/result.ts'
import type { CaseEntry } from './outbox.ts'
import { applyUnsent, resolveMarks } from './seen-revisions.ts'

export interface PolicyDep {
  readonly policies: readonly PolicyRegister[]
}

/** What the command would do to the record now. `refuse`: its author is at the form. */
export function decideEntry(
  { policies }: PolicyDep,
  record: CaseRecord | null,
  { command, actor, applicationNo }: CaseEntry,
  onOvertaken: OnOvertaken
): Result<Change[], Refusal> {
  const number = record?.case.applicationNo ?? applicationNo
  return decide({ actor, policies, applicationNo: number, onOvertaken }, record, command)
}

/**
 * The centre's record with this PC's waiting commands of the case run again on top, in the order of their making. One
 * that no longer applies is passed over: the centre decides about it when it is sent, nobody else.
 */
export function rerun(deps: PolicyDep, confirmed: CaseRecord | null, waiting: readonly CaseEntry[]): CaseRecord | null {
  const notApplied = new Map<number, CommandBase>()
  let record = confirmed
  for (const entry of waiting) {
    const { command } = entry
    const seen = resolveMarks(command.base, (deviceSeq, field) => {
      const passedOver = notApplied.get(deviceSeq)
      return passedOver === undefined ? null : baseRev(passedOver, field)
    })
    const decided = decideEntry(deps, record, { ...entry, command: { ...command, base: seen } }, 'keep_both')
    if (decided.ok) record = applyUnsent(record, decided.value, command.deviceSeq)
    else notApplied.set(command.deviceSeq, seen)
  }
  return record
}

/** A field that is absent from a base was seen at revision 1. */
export const baseRev = (base: CommandBase, field: VersionedField): number => base[field] ?? 1
