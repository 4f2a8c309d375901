import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { CopyPlace, CopyProof } from '#shared/domain/destruction/copy-line.ts'
import {
  type BatchStep,
  type DestructionBatch,
  DUE_CAUSES,
  type DueCause
} from '#shared/domain/destruction/destruction-batch.ts'
import type { ErasurePlace } from '#shared/domain/erasure/erasure-place.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'
import { officialCount, officialDate } from './official-text.ts'
import type { ApprovalCell } from './paper.ts'

/** What the papers of a destruction have in common. Official papers are in Korean alone. */

/** What an office knows of a batch besides the batch itself. */
export interface BatchFacts {
  /** 자치구. */
  readonly district: string
  /** 개인정보파일: its published name, since when it is published, for what, and how many cases are in it. */
  readonly file: { readonly name: string; readonly createdOn: IsoDate; readonly duty: string; readonly kept: number }
  /** 파기방법 of the policy (제7조). */
  readonly method: string
  readonly nameOf: (accountId: string) => string
  readonly today: IsoDate
}

export const EXECUTOR = '중앙 서버와 자치구의 각 PC'
export const NOT_YET = '—'

export const CAUSE_WORDS: Readonly<Record<DueCause, string>> = {
  term_over: '보유기간 경과',
  purpose_over: '처리목적 달성',
  consent_withdrawn: '동의 철회',
  guardian_unconfirmed: '법정대리인 동의 미확인'
}

export const STEP_WORDS: Readonly<Record<BatchStep['act'], string>> = {
  plan: '계획',
  submit: '검토 올림',
  review: '검토 마침',
  request: '승인 요청',
  approve: '승인',
  return: '반려',
  abort: '중단',
  execute: '집행 시작',
  verify: '검증 시작',
  complete: '완료'
}

export const PLACE_WORDS: Readonly<Record<CopyPlace, string>> = {
  centre: '중앙 서버',
  prepared: '새 PC에 줄 사본',
  desk: 'PC',
  backups: '백업',
  export: '내보낸 파일',
  recipient: '제공받는 자'
}

export const PROOF_WORDS: Readonly<Record<CopyProof, string>> = {
  destroyed: '파기함',
  receipt: 'PC가 지우고 확인서를 보냄',
  lease_ended: '사용 기한이 끝나 열 수 없음',
  wiped: '원격 삭제됨',
  keys_rotated: '열쇠를 바꿔 읽을 수 없음',
  file_destroyed: '담당자가 파일을 파기함',
  deletion_proven: '제공받는 자가 파기를 확인함'
}

export const SEARCHED_WORDS: Readonly<Record<ErasurePlace, string>> = {
  heap: '데이터베이스 표',
  toast: '데이터베이스 긴 값',
  index: '데이터베이스 색인',
  wal: '데이터베이스 변경 기록(WAL)',
  documents: '문서 조각',
  prepared: '새 PC에 줄 사본',
  other: '데이터베이스의 다른 파일',
  logs: '로그 파일',
  temp: '임시 파일',
  backup: '복원한 이전 백업',
  store_pages: 'PC 저장소',
  store_free: 'PC 저장소의 빈 쪽',
  store_log: 'PC 변경 기록(WAL)',
  store_shm: 'PC 공유 메모리 파일',
  store_files: 'PC 저장소 폴더의 다른 파일',
  store_temp: 'PC 임시 폴더'
}

/** 결재란: 담당, 검토, 개인정보 보호책임자. What was signed before it was sent back counts no more. */
export function batchApprovals(
  { steps }: Pick<DestructionBatch, 'steps'>,
  nameOf: BatchFacts['nameOf']
): ApprovalCell[] {
  const since = steps.slice(steps.findLastIndex(({ act }) => act === 'return') + 1)
  const cell = (post: string, act: BatchStep['act']): ApprovalCell => {
    const step = since.findLast((candidate) => candidate.act === act)
    if (step === undefined || step.by === null) return { post, signed: null }
    return { post, signed: { name: nameOf(step.by), on: officialDate(koreanDayOf(step.at)) } }
  }
  return [cell('담당', 'request'), cell('검토', 'review'), cell('보호책임자', 'approve')]
}

/** `보유기간 경과 2,014건`, a line for each cause. */
export const causesText = (counts: Readonly<Record<DueCause, number>>): string =>
  DUE_CAUSES.flatMap((cause) =>
    counts[cause] === 0 ? [] : [`${CAUSE_WORDS[cause]} ${officialCount(counts[cause], '건')}`]
  ).join('\n')
