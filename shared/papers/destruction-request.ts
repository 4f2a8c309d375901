import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { countCauses, type DestructionBatch, isAskedFor } from '#shared/domain/destruction/destruction-batch.ts'
import { ok, type Result } from '#shared/foundation/result.ts'
import { type BatchFacts, batchApprovals, causesText, EXECUTOR, NOT_YET } from './destruction-words.ts'
import { type FormValues, fillForm, type ValueUnknown } from './fill-form.ts'
import type { FormTemplate } from './form-template.ts'
import { officialCount, officialDate } from './official-text.ts'
import type { Paper } from './paper.ts'

/** 개인정보파일 파기 요청서 (표준 개인정보 보호지침 별지 4). */
export function destructionRequest(
  form: FormTemplate,
  batch: DestructionBatch,
  facts: BatchFacts
): Result<Paper, ValueUnknown> {
  const parts = fillForm(form, [destructionRequestValues(batch, facts)])
  if (!parts.ok) return parts
  const { title, edition } = form
  return ok({
    title,
    edition,
    isWide: false,
    approvals: batchApprovals(batch, facts.nameOf),
    parts: parts.value,
    note: null
  })
}

export function destructionRequestValues(batch: DestructionBatch, facts: BatchFacts): FormValues {
  const { request, plan, approval, items } = batch
  const asked = items.filter(isAskedFor)
  const requestedAt = batch.steps.findLast(({ act }) => act === 'request')?.at
  return {
    writtenOn: requestedAt === undefined ? NOT_YET : officialDate(koreanDayOf(requestedAt)),
    author: facts.nameOf(batch.authorId),
    file: facts.file.name,
    createdOn: officialDate(facts.file.createdOn),
    handler: facts.nameOf(batch.authorId),
    duty: facts.file.duty,
    kept: `${officialCount(facts.file.kept, '건')} (${officialDate(facts.today)} 현재)`,
    causes: causesText(countCauses(asked)),
    schedule: request === null ? NOT_YET : `${officialDate(request.scheduledOn)} (승인 뒤 유예 ${plan.coolingDays}일)`,
    notes: [`검토에서 제외·연장 ${officialCount(items.length - asked.length, '건')}`, plan.note]
      .filter((line) => line !== '')
      .join('\n'),
    approvedOn: approval === null ? NOT_YET : officialDate(koreanDayOf(approval.at)),
    approver: approval === null ? NOT_YET : facts.nameOf(approval.by),
    place: request?.place ?? NOT_YET,
    method: facts.method,
    executor: EXECUTOR,
    witness: request === null ? NOT_YET : facts.nameOf(request.witnessId),
    confirmation: request?.confirmation ?? NOT_YET,
    backups: request?.backups ?? NOT_YET,
    media: request?.media ?? NOT_YET
  }
}
