import { z } from 'zod'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/** 수행업무 of the access log (안전성 확보조치 기준 2조 3호). */
export const ACCESS_ACTS = [
  'sign_in',
  'unlock',
  'lock',
  'list', // 목록 조회
  'view', // 조회
  'search', // 검색
  'register', // 등록
  'correct', // 수정
  'move', // 상태 변경
  'resolve', // 충돌 정리
  'unmask', // 마스킹 해제
  'copy', // 목록 복사
  'print', // 출력
  'attach', // 문서 붙임
  'detach', // 문서 빼기
  'hold', // 보존 보류
  'release_hold', // 보류 해제
  'record_consent', // 동의 기록
  'withdraw_consent', // 동의 철회
  'open_document', // 문서 받기
  'save_document', // 문서 파일로 저장
  'redo', // 거절된 변경 다시 고침
  'discard', // 거절된 변경 포기
  'destroy', // 격리된 변경 파기
  'take', // 넘겨받은 변경 적용
  'drop', // 넘겨받은 변경 포기
  'inspect_log', // 접속기록 조회
  'review_log', // 접속기록 월별 점검
  'export_report', // 보고서 내보내기
  'delete_report', // 내보낸 보고서 삭제 기록
  'plan_destruction', // 파기 계획
  'list_destruction', // 파기 대상 선정
  'submit_destruction', // 파기 검토 올림
  'exclude_destruction', // 파기 제외
  'extend_destruction', // 보존 연장
  'include_destruction', // 파기 대상에 다시 넣음
  'review_destruction', // 파기 검토 마침
  'request_destruction', // 파기 승인 요청
  'approve_destruction', // 파기 승인
  'return_destruction', // 파기 반려
  'abort_destruction', // 파기 중단
  'provide', // 제3자 제공
  'save_provision', // 제공 파일 저장
  'void_provision', // 제공 취소
  'destroy_provision_file', // 제공 파일 파기
  'end_agreement', // 협약 종료일 기록
  'ask_deletion', // 제공받는 자에게 파기 요청
  'prove_deletion', // 제공받는 자의 파기 확인
  // What administrators do at the centre, in the centre's own log.
  'create_account', // 계정 만들기
  'unlock_account', // 계정 잠김 풀기
  'set_password', // 새 비밀번호
  'change_grant', // 권한 부여·변경
  'revoke_grant', // 권한 회수
  'revoke_pc', // PC 사용 중지
  'wipe_pc', // PC 원격 삭제
  'issue_code', // 등록 코드 만들기
  'withdraw_code', // 등록 코드 회수
  'set_lease', // 사용 기한 정하기
  'bring_capsule', // 구조 봉투 넣기
  'release_rescue', // 구조한 작업 적용
  'open_gate', // 복구 관문 열기
  'write_off_copy', // 사본 제외
  'verify_destruction' // 파기 검증
] as const
export type AccessAct = (typeof ACCESS_ACTS)[number]

/**
 * One line of the access log: who, when, where, whose data, what, why. Holds ids only, never a name, a number or a
 * search text of a citizen.
 */
export const accessEventSchema = z.object({
  at: instantSchema,
  accountId: uuidSchema,
  deviceId: uuidSchema,
  /** The PC's network address as the PC knows it; `-` when it has none. */
  address: z.string().max(64),
  act: z.enum(ACCESS_ACTS),
  /** Whose data: ids of the cases seen or touched; a list or search names every case that it showed. */
  caseIds: z.array(uuidSchema).max(500),
  /** What exactly, without personal data: the field unmasked, the kind of search, the number of hits. */
  detail: z.record(z.string().max(40), z.union([z.string().max(120), z.number()])),
  /** Why, where the act asks for a reason. */
  reason: z.string().max(400).nullable()
})
export type AccessEvent = z.infer<typeof accessEventSchema>
