import { type ChecklistLine, clause, heading } from './seed-checklist-line.ts'

const ARTICLE_6_LINES: readonly ChecklistLine[] = [
  [6, 'heading', heading(6), [6, '정보주체와 법정대리인의 권리·의무 및 행사방법', 6]],
  [
    6,
    '① access, correction, erasure, suspension at any time; who asks for a minor',
    clause(6, 1),
    {
      no: 1,
      text: '정보주체는 서울시 몽땅정보 만능키에 대해 언제든지 개인정보 열람·정정·삭제·처리정지 요구 등의 권리를 행사할 수 있습니다.',
      notes: [
        '만 14세 미만 아동에 관한 개인정보의 열람 등 요구는 법정대리인이 직접 해야 하며, 만 14세 이상의 미성년자인 정보주체는 정보주체의 개인정보에 관하여 미성년자 본인이 권리를 행사하거나 법정대리인을 통하여 권리를 행사할 수도 있습니다.'
      ]
    }
  ],
  [
    6,
    '① the four rights',
    (p) => p.rights.kinds,
    [
      { id: 'access', name: '열람' },
      { id: 'correction', name: '정정' },
      { id: 'erasure', name: '삭제' },
      { id: 'suspension', name: '처리정지' }
    ]
  ],
  [
    6,
    '① ※ under 14 the legal representative, from 14 either',
    (p) => p.rights.minors,
    { representedUnderAge: 14, fromThatAge: ['self', 'legalRepresentative'] }
  ],
  [
    6,
    '② in writing, by e-mail; acted on at once',
    clause(6, 2),
    {
      no: 2,
      text: '권리 행사는 개인정보 보호법 시행령 제41조제1항에 따라 서면, 전자우편 등을 통하여 할 수 있으며, 서울시는 이에 대해 지체없이 조치하겠습니다.',
      notes: []
    }
  ],
  [
    6,
    '② ways and speed',
    (p) => [p.rights.channels, p.rights.channelsBasis, p.rights.handledWithin],
    [['서면', '전자우편'], '개인정보 보호법 시행령 제41조제1항', '지체없이']
  ],
  [
    6,
    '③ through an agent with a power of attorney',
    clause(6, 3),
    {
      no: 3,
      text: '권리 행사는 정보주체의 법정대리인이나 위임을 받은 자 등 대리인을 통하여 하실 수 있습니다. 이 경우 개인정보 처리 방법에 관한 고시 [별지 11호 서식]에 따른 위임장을 제출하여야 합니다.',
      notes: []
    }
  ],
  [
    6,
    '③ who may be an agent, on which form',
    (p) => [p.rights.agents, p.rights.agentForm],
    [['법정대리인', '위임을 받은 자'], 'powerOfAttorney']
  ],
  [
    6,
    '④ access and suspension may be limited',
    clause(6, 4),
    {
      no: 4,
      text: '개인정보 열람 및 처리정지 요구는 개인정보 보호법 제35조제4항, 제37조제2항에 의하여 정보주체의 권리가 제한될 수 있습니다.',
      notes: []
    }
  ],
  [
    6,
    '④ by which law',
    (p) => p.rights.limits[0],
    {
      kinds: ['access', 'suspension'],
      effect: 'restricted',
      grounds: ['개인정보 보호법 제35조제4항', '개인정보 보호법 제37조제2항']
    }
  ],
  [
    6,
    '⑤ no erasure of what another law has collected',
    clause(6, 5),
    {
      no: 5,
      text: '개인정보의 정정 및 삭제 요구는 다른 법령에서 그 개인정보가 수집 대상으로 명시되어 있는 경우에는 그 삭제를 요구할 수 없습니다.',
      notes: []
    }
  ],
  [
    6,
    '⑤ erasure excluded, correction not',
    (p) => p.rights.limits[1],
    {
      kinds: ['erasure'],
      effect: 'excluded',
      grounds: ['다른 법령에서 그 개인정보가 수집 대상으로 명시되어 있는 경우']
    }
  ],
  [6, 'no third limit', (p) => p.rights.limits.length, 2],
  [
    6,
    '⑥ the person or the agent is identified',
    clause(6, 6),
    {
      no: 6,
      text: '서울시 몽땅정보 만능키는 정보주체 권리에 따른 열람의 요구, 정정·삭제의 요구, 처리정지의 요구 시 열람 등 요구를 한 자가 본인이거나 정당한 대리인인지를 확인합니다.',
      notes: []
    }
  ],
  [6, '⑥ for which requests', (p) => p.rights.identityChecked, ['access', 'correction', 'erasure', 'suspension']],
  [
    6,
    '* form 별지 제8호',
    (p) => p.rights.forms[0],
    { id: 'accessRequest', notice: '개인정보 처리 방법에 관한 고시', annex: 8, name: '개인정보 열람 요구서' }
  ],
  [
    6,
    '* form 별지 제11호',
    (p) => p.rights.forms[1],
    { id: 'powerOfAttorney', notice: '개인정보 처리 방법에 관한 고시', annex: 11, name: '위임장' }
  ],
  [6, 'no third form', (p) => p.rights.forms.length, 2]
]

const ARTICLE_7_LINES: readonly ChecklistLine[] = [
  [7, 'heading', heading(7), [7, '개인정보의 파기', 3]],
  [
    7,
    '① destroyed at once when no longer needed',
    clause(7, 1),
    {
      no: 1,
      text: '서울시 몽땅정보 만능키는 개인정보 보유기간의 경과, 처리목적 달성 등 개인정보가 불필요하게 되었을 때에는 지체 없이 해당 개인정보를 파기합니다.',
      notes: []
    }
  ],
  [
    7,
    '① reasons and speed',
    (p) => [p.destruction.reasons, p.destruction.within],
    [
      [
        { id: 'retentionOver', text: '개인정보 보유기간의 경과' },
        { id: 'purposeReached', text: '처리목적 달성' }
      ],
      '지체 없이'
    ]
  ],
  [
    7,
    '② kept apart where another law demands keeping',
    clause(7, 2),
    {
      no: 2,
      text: '정보주체로부터 동의받은 개인정보 보유기간이 경과하거나 처리목적이 달성되었음에도 불구하고 다른 법령에 따라 개인정보를 계속 보존하여야 하는 경우에는, 해당 개인정보(또는 개인정보파일)를 별도의 데이터베이스(DB)로 옮기거나 보관장소를 달리하여 보존합니다.',
      notes: []
    }
  ],
  [
    7,
    '② when and where',
    (p) => p.destruction.separateStorage,
    {
      when: '다른 법령에 따라 개인정보를 계속 보존하여야 하는 경우',
      ways: ['별도의 데이터베이스(DB)로 옮기거나', '보관장소를 달리하여 보존']
    }
  ],
  [7, '③ how', clause(7, 3), { no: 3, text: '개인정보 파기의 절차 및 방법은 다음과 같습니다.', notes: [] }],
  [
    7,
    '③ 1 a plan first',
    (p) => p.destruction.procedure[0],
    {
      id: 'plan',
      text: '서울시 몽땅정보 만능키는 파기하여야 하는 개인정보(또는 개인정보파일)에 대해 개인정보 파기계획을 수립하여 파기합니다.'
    }
  ],
  [
    7,
    '③ 1 selected, then approved by the privacy officer',
    (p) => p.destruction.procedure[1],
    {
      id: 'selectAndApprove',
      text: '서울시 몽땅정보 만능키는 파기 사유가 발생한 개인정보(또는 개인정보파일)을 선정하고, 서울시 몽땅정보 만능키는 개인정보 보호책임자의 승인을 받아 개인정보(또는 개인정보파일)을 파기합니다.'
    }
  ],
  [
    7,
    '③ 1 who approves',
    (p) => p.officers.posts.find((it) => it.id === p.destruction.approver)?.role,
    '개인정보 보호책임자'
  ],
  [
    7,
    '③ 2 electronic files',
    (p) => p.destruction.methods[0],
    { id: 'electronic', medium: '전자적 파일 형태인 경우', method: '복원이 불가능한 방법으로 영구삭제' }
  ],
  [
    7,
    '③ 2 anything else',
    (p) => p.destruction.methods[1],
    {
      id: 'other',
      medium: '전자적 파일 형태 외의 기록물, 인쇄물, 서면, 그 밖의 기록매체인 경우',
      method: '파쇄 또는 소각'
    }
  ],
  [
    7,
    '③ the two parts and nothing more',
    (p) => [
      [p.destruction.procedureTitle, p.destruction.procedure.length],
      [p.destruction.methodsTitle, p.destruction.methods.length]
    ],
    [
      ['파기절차', 2],
      ['파기방법', 2]
    ]
  ]
]

const SAFETY_MEASURES = [
  [0, 0, 'managementPlan', '‘개인정보의 안전성 확보조치 기준’에 의거하여 서울특별시 내부관리계획 수립 및 시행'],
  [0, 1, 'fewTrainedHandlers', '개인정보 취급자는 반드시 필요한 인원내 한하여 지정·관리하며, 정기적인 교육을 시행'],
  [
    1,
    0,
    'accessRights',
    '개인정보를 처리하는 데이터베이스시스템에 대한 접근권한의 부여, 변경, 말소를 통해 개인정보에 대한 접근 통제'
  ],
  [1, 1, 'intrusionControl', '침입차단시스템과 침입방지시스템을 이용해 외부로부터의 무단 접근 통제'],
  [1, 2, 'accessLog', '개인정보처리시스템에 접속한 기록(웹 로그, 요약정보 등)을 최소 1년 이상 보관, 관리'],
  [
    1,
    3,
    'encryption',
    '이용자의 개인정보는 암호화 되어 저장 및 관리하며, 중요한 데이터는 저장 및 전송 시 암호화하여 사용하는 등의 별도 보안기능 사용'
  ],
  [
    1,
    4,
    'malwareProtection',
    '해킹이나 컴퓨터 바이러스 등에 의한 개인정보 유출 및 훼손을 막기 위하여 보안프로그램을 설치하고 주기적인 갱신·점검을 하여야 하며 외부로부터 접근이 통제된 구역에 시스템을 설치하고 기술적, 물리적으로 감시 및 차단'
  ],
  [
    2,
    0,
    'premises',
    '개인정보를 보관하고 있는 개인정보시스템의 물리적 보관장소를 별도(서울시 데이터센터 및 클라우드센터)로 두고 이에 대해 출입통제 절차 수립·운영'
  ]
] as const

const ARTICLE_8_LINES: readonly ChecklistLine[] = [
  [8, 'heading', heading(8), [8, '개인정보의 안전성 확보조치', 1]],
  [
    8,
    '① measures are taken',
    clause(8, 1),
    {
      no: 1,
      text: '서울시 몽땅정보 만능키는 개인정보의 안전성 확보를 위해 다음과 같은 조치를 취하고 있습니다.',
      notes: []
    }
  ],
  [
    8,
    'three groups of 2, 5 and 1',
    (p) => p.safety.map((group) => [group.id, group.title, group.measures.length]),
    [
      ['administrative', '관리적 조치', 2],
      ['technical', '기술적 조치', 5],
      ['physical', '물리적 조치', 1]
    ]
  ],
  ...SAFETY_MEASURES.map(
    ([group, measure, id, text]): ChecklistLine => [
      8,
      `measure: ${id}`,
      (p) => [p.safety[group]?.measures[measure]?.id, p.safety[group]?.measures[measure]?.text],
      [id, text]
    ]
  ),
  [8, 'the access log is kept at least one year', (p) => p.safety[1]?.measures[2]?.keptAtLeastYears, 1]
]

const ARTICLE_9_LINES: readonly ChecklistLine[] = [
  [9, 'heading', heading(9), [9, '개인정보 자동 수집 장치의 설치·운영 및 거부에 관한 사항', 2]],
  [
    9,
    '① cookies are used',
    clause(9, 1),
    {
      no: 1,
      text: '서울시 몽땅정보 만능키는 이용자에게 개별적인 맞춤서비스를 제공하기 위해 이용정보를 저장하고 수시로 불러오는 ‘쿠키(cookie)’를 사용합니다.',
      notes: []
    }
  ],
  [9, '① as a fact', (p) => p.cookies.used, true],
  [
    9,
    '② what a cookie is',
    clause(9, 2),
    {
      no: 2,
      text: '쿠키는 웹사이트를 운영하는데 이용되는 서버가 이용자의 컴퓨터 브라우저에게 보내는 소량의 정보이며 이용자의 PC 컴퓨터내의 하드디스크에 저장되기도 합니다.',
      notes: []
    }
  ],
  [
    9,
    '② 1 what they are for',
    (p) => [p.cookies.purposeTitle, p.cookies.purpose],
    [
      '쿠키의 사용목적',
      '이용자가 방문한 각 서비스와 웹 사이트들에 대한 방문 및 이용형태, 인기 검색어, 보안접속 여부 등을 파악하여 이용자에게 최적화된 정보 제공을 위해 사용됩니다.'
    ]
  ],
  [
    9,
    '② 2 they can be refused',
    (p) => [p.cookies.refusalTitle, p.cookies.refusal],
    ['쿠키의 설치·운영 및 거부', '이용자는 쿠키 저장을 다음과 같이 거부할 수 있습니다.']
  ],
  [
    9,
    '② 2 예1 Chrome',
    (p) => p.cookies.refusalSteps[0],
    {
      browser: 'Chrome',
      text: '웹브라우저(Chrome) 우측 상단의 [설정] → [개인정보 및 보안] → [사이트 설정]→ [쿠키 및 사이트 데이터] → 쿠키 차단 설정'
    }
  ],
  [
    9,
    '② 2 예2 Edge',
    (p) => p.cookies.refusalSteps[1],
    {
      browser: 'Edge',
      text: '웹브라우저(Edge) 우측 상단의 [설정] → [쿠키 및 사이트 권한] → 쿠키 및 저장된 데이터 → 쿠키 차단 설정'
    }
  ],
  [
    9,
    '② 2 예3 Internet Explorer',
    (p) => p.cookies.refusalSteps[2],
    {
      browser: 'Internet Explorer',
      text: '웹브라우저(Internet Explorer) 상단의 [도구] → [인터넷 옵션] → 개인정보 메뉴의 [고급] → 쿠키 차단 설정'
    }
  ],
  [9, '② 2 no fourth browser', (p) => p.cookies.refusalSteps.length, 3],
  [
    9,
    '② 3 what a refusal costs',
    (p) => p.cookies.consequence,
    '쿠키 저장을 거부할 경우 맞춤형 서비스 이용에 어려움이 발생할 수 있습니다.'
  ]
]

export const ARTICLES_6_TO_9: readonly ChecklistLine[] = [
  ...ARTICLE_6_LINES,
  ...ARTICLE_7_LINES,
  ...ARTICLE_8_LINES,
  ...ARTICLE_9_LINES
]
