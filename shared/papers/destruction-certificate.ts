import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { BatchVerification } from '#shared/domain/destruction/batch-verification.ts'
import type { CopyLine, CopyPlace } from '#shared/domain/destruction/copy-line.ts'
import {
  type DestructionBatch,
  DUE_CAUSES,
  isAskedFor,
  type ListedItem
} from '#shared/domain/destruction/destruction-batch.ts'
import { countResidues } from '#shared/domain/erasure/erasure-place.ts'
import {
  type BatchFacts,
  batchApprovals,
  CAUSE_WORDS,
  EXECUTOR,
  NOT_YET,
  PLACE_WORDS,
  PROOF_WORDS,
  SEARCHED_WORDS,
  STEP_WORDS
} from './destruction-words.ts'
import { officialCount, officialDate, officialTime } from './official-text.ts'
import type { Paper, PaperPart } from './paper.ts'

/** 파기 확인서: that a batch is destroyed everywhere, for whoever asks years later. It counts, and names nobody but officials. */

export interface CertificateContent {
  readonly number: string
  readonly batch: DestructionBatch
  readonly facts: BatchFacts
  /** 사본 대장, none of it open. */
  readonly copies: readonly CopyLine[]
  /** The newest search for what is left; null: there was none yet. */
  readonly verification: BatchVerification | null
  /** The privacy officer who confirms. */
  readonly officerId: string
}

export function destructionCertificate(content: CertificateContent): Paper {
  const { batch, facts, officerId } = content
  return {
    title: '개인정보 파기 확인서',
    edition: '개인정보 보호법 제21조, 표준 개인정보 보호지침 제55조·제56조',
    isWide: false,
    approvals: batchApprovals(batch, facts.nameOf),
    parts: [
      overview(content),
      counts(content),
      completion(content.copies),
      history(content),
      copyLedger(content.copies),
      residues(content.verification),
      approvedList(batch),
      {
        kind: 'closing',
        text: '위와 같이 개인정보를 복원할 수 없는 방법으로 파기하고, 그 결과를 확인하였습니다.',
        on: officialDate(facts.today),
        post: `${facts.district} 개인정보 보호책임자`,
        name: facts.nameOf(officerId),
        note: '이 파일의 끝에 위 사람의 전자서명이 있습니다. 한 글자라도 바뀌면 certificate:verify 명령이 알려 줍니다.'
      }
    ],
    note: null
  }
}

function overview({ number, batch: { items, request, plan }, facts }: CertificateContent): PaperPart {
  const approved = items.filter(isAskedFor)
  const dropped = approved.filter(({ exclusion }) => exclusion !== null).length
  return {
    kind: 'sheet',
    title: '1. 파기 개요',
    rows: [
      [
        { label: '파기 번호', text: number },
        { label: '자치구', text: facts.district }
      ],
      [{ label: '개인정보파일', text: facts.file.name }],
      [
        { label: '파기한 건수', text: officialCount(approved.length - dropped, '건') },
        {
          label: '승인한 건수',
          text: `${officialCount(approved.length, '건')} (집행 때 빠짐 ${officialCount(dropped, '건')})`
        }
      ],
      [
        { label: '도래 기준일', text: officialDate(plan.dueUpTo) },
        { label: '파기 장소', text: request?.place ?? NOT_YET }
      ],
      [{ label: '파기 방법', text: facts.method }],
      [
        { label: '파기 수행자', text: EXECUTOR },
        { label: '입회자', text: request === null ? NOT_YET : facts.nameOf(request.witnessId) }
      ],
      [{ label: '확인 방법', text: request?.confirmation ?? NOT_YET }]
    ]
  }
}

/** By cause and by the year in which it was due: the classes in which the policy keeps a file. */
function counts({ batch: { items }, facts }: CertificateContent): PaperPart {
  const approved = items.filter(isAskedFor)
  const years = [...new Set(approved.map(({ dueOn }) => dueOn.slice(0, 4)))].sort()
  const rowOf = (first: readonly string[], among: readonly ListedItem[]): string[] => {
    const dropped = among.filter(({ exclusion }) => exclusion !== null).length
    return [...first, ...[among.length, dropped, among.length - dropped].map((count) => officialCount(count, ''))]
  }
  const rows = DUE_CAUSES.flatMap((cause) =>
    years.flatMap((year) => {
      const among = approved.filter((item) => item.cause === cause && item.dueOn.startsWith(year))
      return among.length === 0 ? [] : [rowOf([facts.file.name, CAUSE_WORDS[cause], `${year}년`], among)]
    })
  )
  return {
    kind: 'table',
    title: '2. 종류별 건수',
    columns: [
      { label: '개인정보파일', width: 34, align: 'left' },
      { label: '파기 사유', width: 24, align: 'left' },
      { label: '파기 예정', width: 12, align: 'center' },
      { label: '승인', width: 10, align: 'right' },
      { label: '빠짐', width: 10, align: 'right' },
      { label: '파기', width: 10, align: 'right' }
    ],
    rows: [...rows, rowOf(['합계', '', ''], approved)],
    note: '빠짐: 승인한 뒤 바뀌었거나 보류·이의가 생겨 집행 때 목록에서 뺀 것'
  }
}

/** The three days: at the centre, on every PC, in the backups. */
function completion(copies: readonly CopyLine[]): PaperPart {
  const last = (place: CopyPlace): string => {
    const lines = copies.filter((copy) => copy.place === place)
    const ends = lines.flatMap(({ settled }) => (settled === null ? [] : [settled.at])).sort()
    const end = ends.at(-1)
    if (end === undefined) return '해당 없음'
    const day = officialDate(koreanDayOf(end))
    return place === 'desk' ? `${day} (${officialCount(lines.length, '대')})` : day
  }
  return {
    kind: 'sheet',
    title: '3. 파기를 마친 날',
    rows: [
      [
        { label: '중앙 서버', text: last('centre') },
        { label: 'PC', text: last('desk') }
      ],
      [{ label: '백업', text: last('backups') }]
    ]
  }
}

function history({ batch: { steps }, facts }: CertificateContent): PaperPart {
  return {
    kind: 'table',
    title: '4. 처리 경과',
    columns: [
      { label: '단계', width: 15, align: 'left' },
      { label: '처리한 사람', width: 23, align: 'left' },
      { label: '일시', width: 22, align: 'center' },
      { label: '사유', width: 40, align: 'left' }
    ],
    rows: steps.map(({ act, by, at, reason }) => [
      STEP_WORDS[act],
      by === null ? PLACE_WORDS.centre : facts.nameOf(by),
      officialTime(at),
      reason
    ]),
    note: null
  }
}

function copyLedger(copies: readonly CopyLine[]): PaperPart {
  return {
    kind: 'table',
    title: '5. 사본이 있던 곳',
    columns: [
      { label: '곳', width: 30, align: 'left' },
      { label: '확인', width: 48, align: 'left' },
      { label: '확인한 때', width: 22, align: 'center' }
    ],
    rows: copies.map(({ place, name, settled }) => [
      name === null ? PLACE_WORDS[place] : `${PLACE_WORDS[place]} ${name}`,
      settledText(settled),
      settled === null ? NOT_YET : officialTime(settled.at)
    ]),
    note: null
  }
}

function settledText(settled: CopyLine['settled']): string {
  if (settled === null) return NOT_YET
  return settled.type === 'proven' ? PROOF_WORDS[settled.how] : `${settled.by} 제외 처리: ${settled.reason}`
}

/** 검증: what a search for every mark of the destroyed found, place by place. */
function residues(verification: BatchVerification | null): PaperPart {
  const title = '6. 잔여 검사'
  if (verification === null) {
    return { kind: 'sheet', title, rows: [[{ label: '결과', text: '이 확인서를 만들 때까지 하지 않았음' }]] }
  }
  const { at, by, cases, unmarked, places } = verification
  const found = countResidues(places)
  const unsearchable = unmarked === 0 ? '' : `, 찾을 단서가 없는 ${officialCount(unmarked, '건')}은 검사하지 못함`
  return {
    kind: 'table',
    title,
    columns: [
      { label: '검사한 곳', width: 52, align: 'left' },
      { label: '크기 (바이트)', width: 28, align: 'right' },
      { label: '찾은 것', width: 20, align: 'right' }
    ],
    rows: places.map((place) => [
      SEARCHED_WORDS[place.place],
      officialCount(place.bytes, ''),
      officialCount(countResidues([place]), '건')
    ]),
    note: `${officialTime(at)} ${by} 검사. 사례 ${officialCount(cases, '건')} 가운데 남은 것 ${officialCount(found, '건')}${unsearchable}`
  }
}

function approvedList({ approval, coolsUntil }: DestructionBatch): PaperPart {
  return {
    kind: 'sheet',
    title: '7. 승인한 목록과 전자서명',
    rows: [
      [
        { label: '승인한 때', text: approval === null ? NOT_YET : officialTime(approval.at) },
        { label: '유예를 마친 때', text: coolsUntil === null ? NOT_YET : officialTime(coolsUntil) }
      ],
      [{ label: '목록 지문\n(SHA-256)', text: approval?.digest.match(/.{8}/g)?.join(' ') ?? NOT_YET }],
      [{ label: '승인 서명\n(Ed25519)', text: approval?.signature ?? NOT_YET }]
    ]
  }
}
