import { type ChecklistLine, clause, heading } from './seed-checklist-line.ts'

const ARTICLE_10_LINES: readonly ChecklistLine[] = [
  [10, 'heading', heading(10), [10, '개인정보 보호책임자', 2]],
  [
    10,
    '① an officer is appointed',
    clause(10, 1),
    {
      no: 1,
      text: '서울시는 개인정보 처리에 관한 업무를 총괄해서 책임지고, 개인정보 처리와 관련한 정보주체의 불만처리 및 피해구제 등을 위하여 아래와 같이 개인정보 보호책임자를 지정하고 있습니다.',
      notes: []
    }
  ],
  [
    10,
    'row 1: the officer, by department and rank',
    (p) => p.officers.posts[0],
    { id: 'privacyOfficer', role: '개인정보 보호책임자', department: '디지털정책관', rank: '국장' }
  ],
  [
    10,
    'row 2: the handler, by department and rank',
    (p) => p.officers.posts[1],
    { id: 'privacyHandler', role: '개인정보 보호담당자', department: '정보시스템담당관', rank: '주무관' }
  ],
  [10, 'no third row', (p) => p.officers.posts.length, 2],
  [
    10,
    'the department in charge and how to reach it',
    (p) => p.officers.contact,
    { department: '정보시스템담당관(개인정보보호팀)', phone: '02-2133-2971~2', email: 'privacy@seoul.go.kr' }
  ],
  [
    10,
    '② questions are answered at once',
    clause(10, 2),
    {
      no: 2,
      text: '정보주체께서는 서울시 몽땅정보 만능키를 이용하시면서 발생한 모든 개인정보 보호 관련 문의, 불만처리, 피해구제 등에 관한 사항을 개인정보 보호책임자 및 담당부서로 문의하실 수 있습니다. 서울시 몽땅정보 만능키는 정보주체의 문의에 대해 지체 없이 답변 및 처리해드릴 것입니다.',
      notes: []
    }
  ]
]

const ARTICLE_11_LINES: readonly ChecklistLine[] = [
  [11, 'heading', heading(11), [11, '개인정보 열람청구', 2]],
  [
    11,
    '① access under 제35조 is asked for here',
    clause(11, 1),
    {
      no: 1,
      text: '정보주체는 개인정보 보호법 제35조에 따른 개인정보의 열람 청구를 아래의 부서에 할 수 있습니다. 서울시 몽땅정보 만능키는 정보주체의 개인정보 열람청구가 신속하게 처리되도록 노력하겠습니다.',
      notes: []
    }
  ],
  [
    11,
    '▶ the department, by name, rank of the handler and phone',
    (p) => p.accessRequests.department,
    { name: '양성평등담당관(저출생정책추진반)', handlerRank: '주무관', phone: '02-2133-5323' }
  ],
  [
    11,
    '② or through the portal',
    clause(11, 2),
    {
      no: 2,
      text: '정보주체는 제1항의 열람청구 접수·처리부서 이외에, 개인정보보호위원회의 ‘개인정보 포털’ 을 통하여서도 개인정보 열람청구를 하실 수 있습니다.',
      notes: [
        '개인정보보호위원회 개인정보 포털(www.privacy.go.kr) → 개인서비스 → 정보주체 권리행사 → 개인정보 열람등요구 (본인확인을 위하여 아이핀(I-PIN) 또는 휴대폰 인증 실명인증 필요)'
      ]
    }
  ],
  [
    11,
    '▶ the way step by step, and how the person is identified',
    (p) => p.accessRequests.portal,
    {
      name: '개인정보보호위원회 개인정보 포털',
      url: 'www.privacy.go.kr',
      path: ['개인서비스', '정보주체 권리행사', '개인정보 열람등요구'],
      identityProofs: ['아이핀(I-PIN)', '휴대폰 인증 실명인증']
    }
  ]
]

const REMEDY_BODIES = [
  ['개인정보 침해신고센터', '한국인터넷진흥원', 'privacy.kisa.or.kr', '국번 없이 118'],
  ['개인정보분쟁조정위원회', '개인정보분쟁조정위원회', 'kopico.go.kr', '1833-6972'],
  ['과학수사부 사이버수사과', '대검찰청', 'spo.go.kr', '국번 없이 1301'],
  ['사이버수사국', '경찰청', 'police.go.kr', '국번 없이 182']
] as const

const ARTICLE_12_LINES: readonly ChecklistLine[] = [
  [12, 'heading', heading(12), [12, '권익침해 구제방법', 2]],
  [
    12,
    '① where to turn',
    clause(12, 1),
    {
      no: 1,
      text: '정보주체는 개인정보침해로 인한 구제를 받기 위하여 개인정보분쟁조정위원회, 한국인터넷진흥원 개인정보침해신고센터 등에 분쟁해결이나 상담 등을 신청할 수 있습니다. 이 밖에 기타 개인정보침해의 신고, 상담에 대하여는 아래의 기관에 문의하시기 바랍니다.',
      notes: []
    }
  ],
  ...REMEDY_BODIES.map(
    ([division, name, url, phone], index): ChecklistLine => [
      12,
      `row ${index + 1}: ${name}`,
      (p) => p.remedies.bodies[index],
      { division, name, url, phone }
    ]
  ),
  [12, 'no fifth row', (p) => p.remedies.bodies.length, 4],
  [
    12,
    '② administrative appeal',
    clause(12, 2),
    {
      no: 2,
      text: '개인정보 보호법 제35조(개인정보의 열람), 제36조(개인정보의 정정·삭제), 제37조(개인정보의 처리정지 등)의 규정에 의한 요구에 대하여 공공기관의 장이 행한 처분 또는 부작위로 인하여 권리 또는 이익의 침해를 받은 자는 행정심판법이 정하는 바에 따라 행정심판을 청구할 수 있습니다.',
      notes: ['행정심판에 대해 자세한 사항은 중앙행정심판위원회(https://www.simpan.go.kr) 참고']
    }
  ],
  [
    12,
    '② against what, under which law, ※ where',
    (p) => p.remedies.administrativeAppeal,
    {
      against: [
        '개인정보 보호법 제35조(개인정보의 열람)',
        '개인정보 보호법 제36조(개인정보의 정정·삭제)',
        '개인정보 보호법 제37조(개인정보의 처리정지 등)'
      ],
      law: '행정심판법',
      body: '중앙행정심판위원회',
      url: 'https://www.simpan.go.kr'
    }
  ]
]

const ARTICLE_13_LINES: readonly ChecklistLine[] = [
  [13, 'heading', heading(13), [13, '개인정보 처리방침 변경', 2]],
  [
    13,
    '① in force from 2024. 1. 25.',
    clause(13, 1),
    { no: 1, text: '이 개인정보 처리방침은 2024. 1. 25.부터 적용됩니다.', notes: [] }
  ],
  [13, '① as a date', (p) => [p.id, p.effectiveFrom], ['2024-01-25', '2024-01-25']],
  [
    13,
    '② earlier versions can be looked up',
    clause(13, 2),
    { no: 2, text: '이전의 개인정보 처리방침은 아래에서 확인에서 확인할 수 있습니다.', notes: [] }
  ],
  [
    13,
    '② the version of 2023. 9. 1.',
    (p) => p.earlierVersions[0],
    { effectiveFrom: '2023-09-01', effectiveUntil: '2023-12-31', links: ['개인정보 처리방침', '신규 대조표'] }
  ],
  [
    13,
    '② the version of 2024. 1. 1.',
    (p) => p.earlierVersions[1],
    { effectiveFrom: '2024-01-01', effectiveUntil: '2024-01-24', links: ['개인정보 처리방침', '신규 대조표'] }
  ],
  [13, '② no third version', (p) => p.earlierVersions.length, 2],
  [13, 'thirteen articles', (p) => p.articles.length, 13]
]

export const ARTICLES_10_TO_13: readonly ChecklistLine[] = [
  ...ARTICLE_10_LINES,
  ...ARTICLE_11_LINES,
  ...ARTICLE_12_LINES,
  ...ARTICLE_13_LINES
]
