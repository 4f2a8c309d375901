import type { CaseState } from '#shared/domain/case/case-state.ts'
import { weighted } from './random.ts'

/** How a case goes: the states after 접수, each with the days that it takes to get there, at least and at most. */
export type Story = ReadonlyArray<readonly [state: CaseState, least: number, most: number]>

const LOOKED_INTO: Story = [
  ['investigating', 1, 5],
  ['awaiting_decision', 3, 11]
]
const SUPPLEMENTED: Story = [
  ['supplement', 1, 3],
  ['investigating', 3, 8],
  ['awaiting_decision', 2, 8]
]
const GRANTED: Story = [
  ['eligible', 1, 4],
  ['notified', 0, 2],
  ['payment_pending', 1, 10],
  ['paid', 5, 35]
]
const REFUSED: Story = [
  ['ineligible', 1, 4],
  ['notified', 0, 2]
]
const LATE: Story = [
  ['investigating', 6, 20],
  ['awaiting_decision', 12, 40],
  ['eligible', 6, 25],
  ['notified', 1, 5],
  ['payment_pending', 2, 12],
  ['paid', 8, 40]
]
const END: Story = [['closed', 60, 240]]

export const STORIES: readonly Story[] = weighted<Story>([
  [[...LOOKED_INTO, ...GRANTED, ...END], 560],
  [[...SUPPLEMENTED, ...GRANTED, ...END], 150],
  [[...LATE, ...END], 25],
  [[...LOOKED_INTO, ...REFUSED, ['closed', 90, 120]], 80],
  [[...LOOKED_INTO, ...REFUSED, ['appealed', 10, 60], ['notified', 3, 9], ['closed', 60, 120]], 14],
  [[...LOOKED_INTO, ...REFUSED, ['appealed', 10, 60], ...LOOKED_INTO, ...GRANTED, ...END], 6],
  [
    [
      ['supplement', 1, 3],
      ['dismissed', 15, 25],
      ['notified', 0, 2],
      ['closed', 60, 120]
    ],
    25
  ],
  [
    [
      ['withdrawn', 1, 14],
      ['closed', 1, 5]
    ],
    40
  ],
  [
    [
      ['transferred', 1, 3],
      ['closed', 1, 10]
    ],
    15
  ],
  [
    [
      ...LOOKED_INTO,
      ...GRANTED.slice(0, 3),
      ['payment_held', 2, 6],
      ['payment_pending', 5, 25],
      ['paid', 3, 20],
      ...END
    ],
    25
  ],
  [[...LOOKED_INTO, ...GRANTED, ['changed', 15, 60], ['payment_pending', 2, 8], ['paid', 10, 30], ...END], 35],
  [[...LOOKED_INTO, ...GRANTED, ['suspended', 20, 90], ['closed', 20, 60]], 15],
  [[...LOOKED_INTO, ...GRANTED, ['clawback', 30, 150], ['closed', 30, 90]], 10]
])

/** Why an official moves a case there; nothing about a person. */
export const STEP_REASONS: Readonly<Record<CaseState, readonly string[]>> = {
  received: [''],
  supplement: ['구비서류 보완 요청', '증빙 서류 누락', '통장사본 재제출 요청'],
  transferred: ['관할 자치구로 이송', '전입에 따른 이송'],
  investigating: ['자격 확인 시작', '공적자료 조회 의뢰', '보완 서류 확인'],
  awaiting_decision: ['자격 확인 완료, 결정 상신', '조사 완료'],
  eligible: ['지원 기준 충족', '소득 및 거주 요건 충족'],
  ineligible: ['소득 기준 초과', '거주 요건 미충족', '중복 지원 확인'],
  dismissed: ['자료 제출 요구 2회 불응', '보완 기한 경과'],
  withdrawn: ['신청인 취하', '신청인 요청에 따른 취하'],
  notified: ['결정 통지 발송', '결정 결과 통지'],
  payment_pending: ['지급명부 등재', '지급 대상 확정'],
  paid: ['지급 완료', '정기 지급분 송금 완료'],
  payment_held: ['계좌 불일치로 반송', '확인조사 중 지급 보류'],
  changed: ['변동 신고 접수', '가구 변동 확인'],
  suspended: ['지원 요건 상실', '전출에 따른 중지'],
  clawback: ['과오지급 확인', '부정 수급 확인에 따른 환수'],
  appealed: ['이의신청 접수'],
  closed: ['처리 종결', '지원 기간 만료']
}
