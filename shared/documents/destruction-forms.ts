import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import {
  type DestructionBatch,
  DUE_CAUSES,
  type DueCause,
  itemsToDestroy
} from '#shared/domain/destruction/destruction-batch.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'
import { officialCount, officialDate } from './official-text.ts'
import type { ApprovalCell, FormValues } from './render-form.ts'

/** What the two forms of a destruction say (표준 개인정보 보호지침 별지 4, 별지 5). Official papers are in Korean alone. */

/** What an office knows of a batch besides the batch itself. */
export interface BatchFacts {
  /** 개인정보파일: its registered name, since when it is kept, for what, and how many cases are in it. */
  readonly file: { readonly name: string; readonly createdOn: IsoDate; readonly duty: string; readonly kept: number }
  /** 파기방법 of the policy (제7조). */
  readonly method: string
  readonly nameOf: (accountId: string) => string
  readonly executor: string
}

const CAUSE_WORDS: Readonly<Record<DueCause, string>> = {
  term_over: '보유기간 경과',
  purpose_over: '처리목적 달성',
  consent_withdrawn: '동의 철회',
  guardian_unconfirmed: '법정대리인 동의 미확인'
}

const NOT_YET = '—'

/** 파기 요청서. */
export function destructionRequestValues(batch: DestructionBatch, facts: BatchFacts): FormValues {
  const { request, plan, approval, items } = batch
  const toDestroy = itemsToDestroy(batch)
  const requestedAt = batch.steps.findLast(({ act }) => act === 'request')?.at
  const leftOut = items.length - toDestroy.length
  return {
    writtenOn: requestedAt === undefined ? NOT_YET : officialDate(koreanDayOf(requestedAt)),
    author: facts.nameOf(batch.authorId),
    file: facts.file.name,
    createdOn: officialDate(facts.file.createdOn),
    handler: facts.nameOf(batch.authorId),
    duty: facts.file.duty,
    kept: officialCount(facts.file.kept, '건'),
    causes: causesOf(batch),
    schedule: request === null ? NOT_YET : `${officialDate(request.scheduledOn)} (승인 뒤 유예 ${plan.coolingDays}일)`,
    notes: [`검토에서 제외·연장 ${officialCount(leftOut, '건')}`, plan.note].filter((line) => line !== '').join('\n'),
    approvedOn: approval === null ? NOT_YET : officialDate(koreanDayOf(approval.at)),
    approver: approval === null ? NOT_YET : facts.nameOf(approval.by),
    place: request?.place ?? NOT_YET,
    method: facts.method,
    executor: facts.executor,
    witness: request === null ? NOT_YET : facts.nameOf(request.witnessId),
    confirmation: request?.confirmation ?? NOT_YET,
    backups: request?.backups ?? NOT_YET,
    media: request?.media ?? NOT_YET
  }
}

/** 결재란: 담당, 검토자, 개인정보 보호책임자. */
export function batchApprovals(batch: DestructionBatch, nameOf: BatchFacts['nameOf']): ApprovalCell[] {
  const cell = (post: string, act: 'request' | 'review' | 'approve'): ApprovalCell => {
    const step = batch.steps.findLast((candidate) => candidate.act === act)
    if (step === undefined || step.by === null) return { post, signed: null }
    return { post, signed: { name: nameOf(step.by), on: officialDate(koreanDayOf(step.at)) } }
  }
  return [cell('담당', 'request'), cell('검토', 'review'), cell('보호책임자', 'approve')]
}

/** What is to be destroyed, by cause: `보유기간 경과 2,014건`. */
function causesOf(batch: DestructionBatch): string {
  const items = itemsToDestroy(batch)
  return DUE_CAUSES.flatMap((cause) => {
    const count = items.filter((item) => item.cause === cause).length
    return count === 0 ? [] : [`${CAUSE_WORDS[cause]} ${officialCount(count, '건')}`]
  }).join('\n')
}
