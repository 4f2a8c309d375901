import type { PolicyRegister } from './policy.ts'
import type { PolicyItemId } from './policy-item-id.ts'
import { policyItems } from './policy-items.ts'
import { type ChecklistLine, clause, heading } from './seed-checklist-line.ts'

const provision = (index: number) => (policy: PolicyRegister) => policy.provisions[index]
const given = (index: number) => (policy: PolicyRegister) =>
  provision(index)(policy)?.items.map((id: PolicyItemId) => {
    const found = policyItems(policy).find((item) => item.id === id)
    return `${found?.subject} ${found?.name}`
  })
const provisionBases = (index: number) => (policy: PolicyRegister) =>
  provision(index)(policy)?.legalBases.map((id) => policy.legalBases.find((basis) => basis.id === id)?.text)

const ARTICLE_2_LINES: readonly ChecklistLine[] = [
  [2, 'heading', heading(2), [2, '개인정보파일의 등록 및 공개', 1]],
  [
    2,
    '① the details of each file stand in the portal; how to get there',
    clause(2, 1),
    {
      no: 1,
      text: '서울시 몽땅정보 만능키의 개인정보파일 처리목적·보유기간 및 항목은 개인정보파일의 특성에 따라 달리 규정하고 있으며, 개인정보파일별 상세한 내용은 개인정보 포털을 통해 확인하시기 바랍니다.',
      notes: [
        '개인정보보호위원회 개인정보 포털(www.privacy.go.kr) → 개인서비스 → 정보주체권리행사 → 개인정보 열람등요구 → 개인정보파일목록검색 → 기관명에 “몽땅정보 만능키” 검색'
      ]
    }
  ],
  [
    2,
    '※ the way step by step',
    (p) => p.fileRegistration,
    {
      portal: {
        name: '개인정보보호위원회 개인정보 포털',
        url: 'www.privacy.go.kr',
        path: ['개인서비스', '정보주체권리행사', '개인정보 열람등요구', '개인정보파일목록검색'],
        searchTerm: '몽땅정보 만능키'
      }
    }
  ]
]

const ARTICLE_3_LINES: readonly ChecklistLine[] = [
  [3, 'heading', heading(3), [3, '개인정보의 제3자 제공', 2]],
  [
    3,
    '① given to others only where 제17조 allows it',
    clause(3, 1),
    {
      no: 1,
      text: '서울시 몽땅정보 만능키는 정보주체의 개인정보를 제1조(개인정보의 처리 목적)에서 명시한 범위 내에서만 처리하며, 정보주체의 동의, 법률의 특별한 규정 등 개인정보 보호법 제17조에 해당하는 경우에만 개인정보를 제3자에게 제공합니다.',
      notes: []
    }
  ],
  [
    3,
    '② the provisions that exist',
    clause(3, 2),
    { no: 2, text: '서울시 몽땅정보 만능키는 다음과 같이 개인정보를 제3자에게 제공하고 있습니다.', notes: [] }
  ],
  [
    3,
    'row 1: recipient',
    (p) => [p.provisions[0]?.recipientText, p.provisions[0]?.recipients],
    ['민간돌봄 서비스업체', [{ id: 'privateChildcareProvider', name: '민간돌봄 서비스업체' }]]
  ],
  [3, 'row 1: purpose', (p) => p.provisions[0]?.purpose, '아이돌봄 서비스지원'],
  [
    3,
    'row 1: items as published',
    (p) => p.provisions[0]?.itemsText,
    '신청자(아이디, 이름, 생년월일, 성별, 휴대폰번호, 주소), 대상아동(이름, 생년월일, 성별)'
  ],
  [
    3,
    'row 1: items one by one',
    given(0),
    [
      'applicant 아이디',
      'applicant 이름',
      'applicant 생년월일',
      'applicant 성별',
      'applicant 휴대폰번호',
      'applicant 주소',
      'child 이름',
      'child 생년월일',
      'child 성별'
    ]
  ],
  [
    3,
    'row 1: kept until the agreement ends',
    (p) => p.provisions[0]?.retention,
    { text: '협약 종료 까지', terms: [{ after: 'agreementEnd', years: 0, months: 0 }] }
  ],
  [
    3,
    'row 1: 관련근거 as published',
    (p) => p.provisions[0]?.legalBasesText,
    '서울특별시 온마을 아이돌봄 지원관한 조례 제6조'
  ],
  [3, 'row 1: 관련근거 one by one', provisionBases(0), ['서울특별시 온마을아이돌봄 지원에 관한 조례 제6조']],
  [
    3,
    'row 2: two recipients',
    (p) => [p.provisions[1]?.recipientText, p.provisions[1]?.recipients],
    [
      'BGF리테일 오아시스마켓',
      [
        { id: 'bgfRetail', name: 'BGF리테일' },
        { id: 'oasisMarket', name: '오아시스마켓' }
      ]
    ]
  ],
  [3, 'row 2: purpose', (p) => p.provisions[1]?.purpose, '가정행복 도시락·밀키트 할인쿠폰 발행'],
  [3, 'row 2: items as published', (p) => p.provisions[1]?.itemsText, '이름, 휴대폰번호'],
  [3, 'row 2: items one by one', given(1), ['applicant 이름', 'applicant 휴대폰번호']],
  [
    3,
    'row 2: kept six months',
    (p) => p.provisions[1]?.retention,
    { text: '6개월', terms: [{ after: 'provision', years: 0, months: 6 }] }
  ],
  [
    3,
    'row 2: 관련근거 as published',
    (p) => p.provisions[1]?.legalBasesText,
    '「저출산·고령사회기본법」제10조 온마을 아이돌봄 지원관한 조례 제6조'
  ],
  [
    3,
    'row 2: 관련근거 one by one',
    provisionBases(1),
    ['저출산·고령사회기본법 제10조', '서울특별시 온마을아이돌봄 지원에 관한 조례 제6조']
  ],
  [3, 'no third row', (p) => p.provisions.map((row) => row.id), ['privateChildcare', 'mealCoupon']]
]

const ARTICLE_4_LINES: readonly ChecklistLine[] = [
  [4, 'heading', heading(4), [4, '개인정보처리의 위탁', 3]],
  [
    4,
    '① the trustees',
    clause(4, 1),
    {
      no: 1,
      text: '서울시 몽땅정보 만능키는 원활한 개인정보 업무처리를 위하여 다음과 같이 개인정보 처리업무를 위탁하고 있습니다.',
      notes: []
    }
  ],
  [
    4,
    'row 1',
    (p) => p.outsourcing.trustees[0],
    {
      name: '(주)인터웹',
      task: '서울시 몽땅정보 만능키 시스템 운영 및 유지관리',
      from: '2024-01-25',
      until: '2024-12-31'
    }
  ],
  [
    4,
    'row 2',
    (p) => p.outsourcing.trustees[1],
    {
      name: '서울시 여성가족재단',
      task: '서울시 몽땅정보 만능키 서비스 신청 및 운영 업무지원 등',
      from: '2024-01-01',
      until: '2024-12-31'
    }
  ],
  [
    4,
    'row 3',
    (p) => p.outsourcing.trustees[2],
    { name: '(주)파란샘', task: '서울시 몽땅정보 만능키 시스템 하자보수', from: '2024-01-01', until: '2024-03-31' }
  ],
  [4, 'no fourth row', (p) => p.outsourcing.trustees.length, 3],
  [
    4,
    '② contracts and supervision',
    clause(4, 2),
    {
      no: 2,
      text: '서울시 몽땅정보 만능키는 위탁계약 체결시 개인정보 보호법 제25조에 따라 위탁업무 수행목적 외 개인정보 처리금지, 기술적·관리적 보호조치, 재위탁 제한, 수탁자에 대한 관리·감독, 손해배상 등 책임에 관한 사항을 계약서 등 문서에 명시하고, 수탁자가 개인정보를 안전하게 처리하는지를 감독하고 있습니다.',
      notes: []
    }
  ],
  ...(
    [
      ['purposeLimit', '위탁업무 수행목적 외 개인정보 처리금지'],
      ['protection', '기술적·관리적 보호조치'],
      ['subcontracting', '재위탁 제한'],
      ['supervision', '수탁자에 대한 관리·감독'],
      ['liability', '손해배상 등 책임']
    ] as const
  ).map(
    ([id, text], index): ChecklistLine => [
      4,
      `② a contract says: ${text}`,
      (p) => p.outsourcing.contractDuties[index],
      { id, text }
    ]
  ),
  [4, '② no sixth duty', (p) => p.outsourcing.contractDuties.length, 5],
  [4, '② written down', (p) => p.outsourcing.writtenContract, true],
  [4, '② the trustees are supervised', (p) => p.outsourcing.supervised, true],
  [
    4,
    '③ a change is published here at once',
    clause(4, 3),
    {
      no: 3,
      text: '위탁업무의 내용이나 수탁자가 변경될 경우에는 지체 없이 본 개인정보 처리방침을 통하여 공개하도록 하겠습니다.',
      notes: []
    }
  ],
  [4, '③ how soon', (p) => p.outsourcing.changesPublished, '지체 없이']
]

const ARTICLE_5_LINES: readonly ChecklistLine[] = [
  [5, 'heading', heading(5), [5, '개인정보 영향평가 수행 결과', 1]],
  [
    5,
    '① the assessment was made',
    clause(5, 1),
    {
      no: 1,
      text: '서울시 몽땅정보 만능키 시스템에서 정보주체의 개인정보파일에 미칠 영향에 대해 조사, 분석, 평가하기 위해 ‘개인정보보호법’ 제33조에 따라 ‘개인정보 영향평가’를 받았습니다.',
      notes: []
    }
  ],
  [
    5,
    'row 1: members, 2023',
    (p) => p.impactAssessments[0],
    {
      file: 'member',
      fileName: '출산에서 육아까지 몽땅정보 만능키 시스템 회원정보',
      itemsText:
        '[회원 필수] 아이디, 이름, 생년월일, 휴대폰번호, 이메일 (관리자) 소속(회사명), 직급, 전화번호, IP주소, 비밀번호 [선택] 가구현황',
      groups: ['member', 'manager', 'member.optional'],
      year: 2023
    }
  ],
  [
    5,
    'row 2: applications, 2023',
    (p) => p.impactAssessments[1],
    {
      file: 'application',
      fileName: '출산에서 육아까지 몽땅정보 만능키 서비스 신청정보',
      itemsText:
        '[필수] 신청자(아이디, 이름, 주민등록번호, 외국인등록번호, 휴대폰번호, 주소, 소득정보, 계좌번호), 대상아동정보, 육아조력자정보, 가구구성원정보',
      groups: ['application.applicant', 'application.child', 'application.helper', 'application.household'],
      year: 2023
    }
  ],
  [5, 'no third row', (p) => p.impactAssessments.length, 2]
]

export const ARTICLES_2_TO_5: readonly ChecklistLine[] = [
  ...ARTICLE_2_LINES,
  ...ARTICLE_3_LINES,
  ...ARTICLE_4_LINES,
  ...ARTICLE_5_LINES
]
