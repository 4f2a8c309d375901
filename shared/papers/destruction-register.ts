import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { BatchHead, DueCause } from '#shared/domain/destruction/destruction-batch.ts'
import { ok, type Result } from '#shared/foundation/result.ts'
import { type BatchFacts, causesText, NOT_YET } from './destruction-words.ts'
import { type FormValues, fillForm, type ValueUnknown } from './fill-form.ts'
import type { FormTemplate } from './form-template.ts'
import { officialDate } from './official-text.ts'
import type { Paper } from './paper.ts'

/** A completed batch as the register has it. */
export interface RegisterEntry {
  readonly number: string
  readonly batch: Pick<BatchHead, 'authorId' | 'approval' | 'steps'>
  /** What was destroyed. */
  readonly causes: Readonly<Record<DueCause, number>>
  readonly facts: Pick<BatchFacts, 'file' | 'nameOf'>
}

/** On paper there are no more lines than these, the newest; a report carries every one. */
export const MOST_REGISTER_LINES = 500

/** 개인정보파일 파기 관리대장 (표준 개인정보 보호지침 별지 5), the oldest line first. */
export function destructionRegister(
  form: FormTemplate,
  district: string,
  entries: readonly RegisterEntry[]
): Result<Paper, ValueUnknown> {
  const shown = entries.slice(-MOST_REGISTER_LINES)
  const filled = fillForm(form, shown.map(registerValues))
  if (!filled.ok) return filled
  const count = `${district} · 모두 ${entries.length.toLocaleString('ko-KR')}건`
  const note =
    shown.length === entries.length
      ? count
      : `${count} 가운데 가장 최근 ${MOST_REGISTER_LINES}건입니다. 나머지는 보고서의 파기 대장(XLSX)에 있습니다.`
  const parts = filled.value.map((part) => (part.kind === 'table' ? { ...part, note } : part))
  return ok({ title: form.title, edition: form.edition, isWide: true, approvals: [], parts, note: null })
}

function registerValues({ number, batch, causes, facts: { file, nameOf } }: RegisterEntry): FormValues {
  const executed = batch.steps.find(({ act }) => act === 'verify')?.at
  return {
    no: number,
    file: file.name,
    kind: '전자파일',
    createdOn: officialDate(file.createdOn),
    destroyedOn: executed === undefined ? NOT_YET : officialDate(koreanDayOf(executed)),
    cause: causesText(causes),
    handler: nameOf(batch.authorId),
    head: batch.approval === null ? NOT_YET : nameOf(batch.approval.by)
  }
}
