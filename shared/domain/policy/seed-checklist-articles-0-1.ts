import type { PolicyRegister } from './policy.ts'
import type { PolicyItemId } from './policy-item-id.ts'
import { policyItems } from './policy-items.ts'
import { type ChecklistLine, clause, heading } from './seed-checklist-line.ts'

const cell = (index: number) => (policy: PolicyRegister) => policy.labelling.cells[index]
const memberFile = (policy: PolicyRegister) => policy.files[0]
const applicationFile = (policy: PolicyRegister) => policy.files[1]
const basesOf = (file: PolicyRegister['files'][number] | undefined, policy: PolicyRegister) =>
  file?.legalBases.map((id) => policy.legalBases.find((basis) => basis.id === id)?.text)

/** What the register says of one item: name, group, whose, required or optional, resting on, bases, kept. */
const item = (id: PolicyItemId) => (policy: PolicyRegister) => {
  const found = policyItems(policy).find((candidate) => candidate.id === id)
  return found && [found.name, found.partOf.name, found.subject, found.necessity, found.rests, found.listed]
}
const bases = (id: PolicyItemId) => (policy: PolicyRegister) => {
  const found = policyItems(policy).find((candidate) => candidate.id === id)
  return found && [found.identifier, found.legalBases.map((basis) => basis.text)]
}
const purposesOf = (fileId: string) => (policy: PolicyRegister) => [
  ...new Set(
    policyItems(policy)
      .filter((it) => it.file.id === fileId)
      .flatMap((it) => it.purposes.map((one) => one.text))
  )
]

const BENEFITS_ACT = '사회보장급여의 이용·제공 및 수급권자 발굴에 관한 법률'
const FIVE_YEARS = { after: 'application', years: 5, months: 0 }

/** Article 0 is what stands before the articles: the title, the preamble and the labelling summary. */
const PREAMBLE_LINES: readonly ChecklistLine[] = [
  [0, 'title', (p) => p.title, '서울특별시 출산에서 육아까지 몽땅정보 만능키 개인정보 처리방침'],
  [0, 'who publishes it', (p) => p.controller, { name: '서울특별시', shortName: '서울시' }],
  [0, 'for which system', (p) => p.system, { name: '출산에서 육아까지 몽땅정보 만능키', shortName: '몽땅정보 만능키' }],
  [
    0,
    'preamble',
    (p) => p.preamble,
    '서울특별시(이하 ‘서울시’)는 출산에서 육아까지 몽땅정보 만능키(이하 ‘몽땅정보 만능키’)에서 취급하는 모든 개인정보는 ‘개인정보보호법’ 및 관련 법령이 정한 바를 준수하여, 적법하게 개인정보를 처리하고 안전하게 관리하고 있습니다. 이에 ‘개인정보보호법’ 제30조에 따라 정보주체에게 개인정보 처리에 관한 절차 및 기준을 안내하고, 이와 관련한 고충을 신속하고 원활하게 처리할 수 있도록 하기 위하여 다음과 같이 개인정보 처리방침을 수립·공개합니다.'
  ],
  [0, 'labelling', (p) => p.labelling.title, '주요 개인정보 처리 표시(라벨링)'],
  [
    0,
    'label 개인정보',
    cell(0),
    {
      id: 'items',
      label: '개인정보',
      text: '아이디, 이름, 주민등록번호, 외국인등록번호, 휴대폰번호, 주소, 계좌번호, 대상아동정보, 가구구성원정보 등'
    }
  ],
  [
    0,
    'label 처리목적',
    cell(1),
    { id: 'purpose', label: '처리목적', text: '서비스 신청, 대상자의 선정을 위한 확인 조사, 서비스 관리 등' }
  ],
  [0, 'label 보유기간', cell(2), { id: 'retention', label: '보유기간', text: '5년' }],
  [
    0,
    'label 제3자 제공',
    cell(3),
    { id: 'provision', label: '제3자 제공', text: '서비스 중복 지원 여부 확인 등 서비스 관리 등' }
  ],
  [0, 'label 처리위탁', cell(4), { id: 'outsourcing', label: '처리위탁', text: '만능키 운영 및 서비스 관리' }],
  [
    0,
    'label 처리부서',
    cell(5),
    { id: 'department', label: '처리부서', text: '양성평등담당관(저출생정책추진반) 02-2133-5323' }
  ]
]

const ARTICLE_1_CLAUSES: readonly ChecklistLine[] = [
  [1, 'heading', heading(1), [1, '개인정보의 처리목적, 처리 및 보유기간, 처리 개인정보 항목', 4]],
  [
    1,
    '① used for these purposes alone; a change needs separate consent',
    clause(1, 1),
    {
      no: 1,
      text: '서울시 몽땅정보 만능키는 다음의 목적을 위하여 개인정보를 처리합니다. 처리하고 있는 개인정보는 다음의 목적 이외의 용도로는 이용되지 않으며, 이용 목적이 변경되는 경우에는 개인정보 보호법 제18조에 따라 별도의 동의를 받는 등 필요한 조치를 이행할 예정입니다.',
      notes: []
    }
  ],
  [
    1,
    '① 1 purpose: members',
    (p) => p.purposes[0],
    {
      id: 'membership',
      no: 1,
      title: '출산에서 육아까지 몽땅정보 만능키 회원관리',
      text: '회원제 서비스 제공에 따른 서울시 통합회원과 연계한 회원관리, 맞춤형 정보제공과 관리자 회원관리 등을 목적으로 개인정보를 처리합니다.',
      parts: [
        { id: 'membership.members', text: '회원제 서비스 제공에 따른 서울시 통합회원과 연계한 회원관리' },
        { id: 'membership.tailoredInformation', text: '맞춤형 정보제공' },
        { id: 'membership.managers', text: '관리자 회원관리' }
      ]
    }
  ],
  [
    1,
    '① 2 purpose: applications',
    (p) => p.purposes[1],
    {
      id: 'application',
      no: 2,
      title: '출산에서 육아까지 몽땅정보 만능키 서비스 신청처리',
      text: '신청인의 신원 확인, 서비스 자격 확인 및 신청처리 및 지급관리, 부정수급 확인, 처리결과 통보 등의 목적으로 개인정보를 처리합니다.',
      parts: [
        { id: 'application.identityCheck', text: '신청인의 신원 확인' },
        { id: 'application.eligibilityCheck', text: '서비스 자격 확인' },
        { id: 'application.handling', text: '신청처리' },
        { id: 'application.payment', text: '지급관리' },
        { id: 'application.fraudCheck', text: '부정수급 확인' },
        { id: 'application.resultNotice', text: '처리결과 통보' }
      ]
    }
  ],
  [1, 'no third purpose', (p) => p.purposes.length, 2],
  [
    1,
    '② kept no longer than the law or the consent says',
    clause(1, 2),
    {
      no: 2,
      text: '서울시 몽땅정보 만능키는 법령에 따른 개인정보 보유·이용기간 또는 정보주체로부터 개인정보를 수집 시에 동의 받은 개인정보 보유·이용기간 내에서 개인정보를 처리·보유합니다.',
      notes: []
    }
  ],
  [
    1,
    '③ the least data that the purpose needs',
    clause(1, 3),
    {
      no: 3,
      text: '서울시 몽땅정보 만능키는 대국민 서비스 제공 및 민원처리, 소관업무 수행 등의 목적에 필요한 최소한의 개인정보를 수집하고 있습니다.',
      notes: []
    }
  ],
  [
    1,
    '④ the files registered under 제32조',
    clause(1, 4),
    {
      no: 4,
      text: '서울시 몽땅정보 만능키가 ‘개인정보보호법’ 제32조에 따라 등록·공개하는 개인정보 파일의 처리목적은 다음과 같습니다.',
      notes: []
    }
  ]
]

const MEMBER_FILE_LINES: readonly ChecklistLine[] = [
  [
    1,
    'file 1: number and name',
    (p) => [memberFile(p)?.id, memberFile(p)?.no, memberFile(p)?.name],
    ['member', 1, '출산에서 육아까지 몽땅정보 만능키시스템 회원정보']
  ],
  [
    1,
    'file 1: 운영근거 as published',
    (p) => memberFile(p)?.legalBasesText,
    '정보주체 동의, 사회보장기본법 제37조, 개인정보 보호법 제29조, 동법 시행령 제30조 제1항 제4호'
  ],
  [
    1,
    'file 1: 운영근거 one by one',
    (p) => basesOf(memberFile(p), p),
    ['정보주체 동의', '사회보장기본법 제37조', '개인정보 보호법 제29조', '개인정보 보호법 시행령 제30조 제1항 제4호']
  ],
  [1, 'file 1: purpose', (p) => memberFile(p)?.purposes, ['membership']],
  [
    1,
    'file 1: items as published',
    (p) => memberFile(p)?.itemsText,
    '[필수] 아이디, 이름, 휴대폰번호, 생년월일, 이메일 (관리자)소속(회사명), 직급, 전화번호, IP주소, 비밀번호 [선택] 가구현황'
  ],
  [
    1,
    'file 1: kept until withdrawal; 5 years from an application',
    (p) => memberFile(p)?.retention,
    {
      text: '회원 탈퇴 시, 만능키 서비스 지원신청 후 5년',
      terms: [{ after: 'withdrawal', years: 0, months: 0 }, FIVE_YEARS]
    }
  ],
  [1, 'member 아이디', item('member.loginId'), ['아이디', '회원', 'member', 'required', 'consent', true]],
  [1, 'member 이름', item('member.name'), ['이름', '회원', 'member', 'required', 'consent', true]],
  [1, 'member 휴대폰번호', item('member.phone'), ['휴대폰번호', '회원', 'member', 'required', 'consent', true]],
  [1, 'member 생년월일', item('member.birthDate'), ['생년월일', '회원', 'member', 'required', 'consent', true]],
  [1, 'member 이메일', item('member.email'), ['이메일', '회원', 'member', 'required', 'consent', true]],
  [1, '관리자 소속', item('manager.affiliation'), ['소속(회사명)', '관리자', 'manager', 'required', 'law', true]],
  [1, '관리자 직급', item('manager.rank'), ['직급', '관리자', 'manager', 'required', 'law', true]],
  [1, '관리자 전화번호', item('manager.phone'), ['전화번호', '관리자', 'manager', 'required', 'law', true]],
  [1, '관리자 IP주소', item('manager.ipAddress'), ['IP주소', '관리자', 'manager', 'required', 'law', true]],
  [1, '관리자 비밀번호', item('manager.password'), ['비밀번호', '관리자', 'manager', 'required', 'law', true]],
  [1, 'member 가구현황', item('member.householdStatus'), ['가구현황', '선택', 'member', 'optional', 'consent', true]],
  [1, 'members rest on consent', bases('member.name'), [null, ['정보주체 동의', '사회보장기본법 제37조']]],
  [
    1,
    '관리자 rest on the safety duty',
    bases('manager.ipAddress'),
    [null, ['개인정보 보호법 제29조', '개인정보 보호법 시행령 제30조 제1항 제4호']]
  ],
  [1, '가구현황 rests on consent alone', bases('member.householdStatus'), [null, ['정보주체 동의']]],
  [
    1,
    'file 1: what the items are for',
    purposesOf('member'),
    ['회원제 서비스 제공에 따른 서울시 통합회원과 연계한 회원관리', '맞춤형 정보제공', '관리자 회원관리']
  ]
]

const APPLICATION_BASES = [
  `${BENEFITS_ACT} 제7조`,
  `${BENEFITS_ACT} 제19조`,
  `${BENEFITS_ACT} 제34조`,
  `${BENEFITS_ACT} 시행령 제28조`,
  '아동복지법 제4조',
  '저출산·고령사회기본법 제4조',
  '모자보건법 제11조',
  '서울특별시 온마을아이돌봄 지원에 관한 조례 제6조',
  '서울특별시 출산 및 양육 지원에 관한 조례 제5조',
  '서울특별시 출산 및 양육 지원에 관한 조례 제6조'
]
const applicant = (name: string, listed = true) => [name, '신청자정보', 'applicant', 'required', 'law', listed]
const RRN_BASES = ['rrn', [`${BENEFITS_ACT} 시행령 제28조`]]

const APPLICATION_FILE_LINES: readonly ChecklistLine[] = [
  [
    1,
    'file 2: number and name',
    (p) => [applicationFile(p)?.id, applicationFile(p)?.no, applicationFile(p)?.name],
    ['application', 2, '출산에서 육아까지 몽땅정보 만능키 서비스 신청정보']
  ],
  [
    1,
    'file 2: 운영근거 as published',
    (p) => applicationFile(p)?.legalBasesText,
    '사회보장급여의 이용·제공 및 수급권자 발굴에 관한 법률 제7조, 제19조 및 제34조, 동법 시행령 제28조, 아동복지법 제4조, 저출산·고령사회기본법 제4조, 모자보건법 제11조, 서울특별시 온마을아이돌봄 지원에 관한 조례 제6조, 서울특별시 출산 및 양육 지원에 관한 조례 제5조, 제6조'
  ],
  [1, 'file 2: 운영근거 one by one', (p) => basesOf(applicationFile(p), p), APPLICATION_BASES],
  [1, 'file 2: purpose', (p) => applicationFile(p)?.purposes, ['application']],
  [
    1,
    'file 2: items as published',
    (p) => applicationFile(p)?.itemsText,
    '[필수] 신청자정보(아이디, 이름, 주민등록번호, 외국인등록번호, 휴대폰번호, 주소, 소득정보, 계좌번호), 대상아동정보, 육아조력자정보, 가구구성원정보 [선택] 휴대폰번호, 이메일'
  ],
  [
    1,
    'file 2: kept 5 years from the application',
    (p) => applicationFile(p)?.retention,
    { text: '만능키 서비스 지원신청 후 5년', terms: [FIVE_YEARS] }
  ],
  [1, '신청자 아이디', item('application.applicant.loginId'), applicant('아이디')],
  [1, '신청자 이름', item('application.applicant.name'), applicant('이름')],
  [1, '신청자 주민등록번호', item('application.applicant.rrn'), applicant('주민등록번호')],
  [1, '신청자 주민등록번호: basis', bases('application.applicant.rrn'), RRN_BASES],
  [1, '신청자 외국인등록번호', item('application.applicant.foreignRegistrationNo'), applicant('외국인등록번호')],
  [
    1,
    '신청자 외국인등록번호: basis',
    bases('application.applicant.foreignRegistrationNo'),
    ['foreignRegistrationNo', [`${BENEFITS_ACT} 시행령 제28조`]]
  ],
  [1, '신청자 생년월일, out of the number', item('application.applicant.birthDate'), applicant('생년월일', false)],
  [1, '신청자 성별, out of the number', item('application.applicant.sex'), applicant('성별', false)],
  [
    1,
    'which items are read out of others',
    (p) => policyItems(p).flatMap((it) => (it.derivedFrom.length > 0 ? [[it.id, it.derivedFrom]] : [])),
    [
      ['application.applicant.birthDate', ['application.applicant.rrn', 'application.applicant.foreignRegistrationNo']],
      ['application.applicant.sex', ['application.applicant.rrn', 'application.applicant.foreignRegistrationNo']]
    ]
  ],
  [1, '신청자 휴대폰번호', item('application.applicant.phone'), applicant('휴대폰번호')],
  [1, '신청자 주소', item('application.applicant.address'), applicant('주소')],
  [1, '신청자 소득정보', item('application.applicant.income'), applicant('소득정보')],
  [1, '신청자 계좌번호', item('application.applicant.account'), applicant('계좌번호')],
  [1, '신청자: bases', bases('application.applicant.account'), [null, APPLICATION_BASES]],
  ...(
    [
      [
        'application.child',
        '대상아동정보',
        'child',
        [
          ['name', '이름'],
          ['rrn', '주민등록번호'],
          ['birthDate', '생년월일'],
          ['sex', '성별']
        ]
      ],
      [
        'application.helper',
        '육아조력자정보',
        'helper',
        [
          ['name', '이름'],
          ['rrn', '주민등록번호'],
          ['phone', '휴대폰번호'],
          ['relation', '아동과의 관계']
        ]
      ],
      [
        'application.household',
        '가구구성원정보',
        'household',
        [
          ['name', '이름'],
          ['rrn', '주민등록번호'],
          ['birthDate', '생년월일'],
          ['relation', '신청자와의 관계']
        ]
      ]
    ] as const
  ).map(
    ([group, name, subject, names]): ChecklistLine => [
      1,
      `${name}, with its fields`,
      (p) =>
        policyItems(p).flatMap((it) =>
          it.partOf.id === group
            ? [[it.id, it.name, it.partOf.name, it.subject, it.necessity, it.rests, it.listed]]
            : []
        ),
      names.map(([field, label]) => [`${group}.${field}`, label, name, subject, 'required', 'law', false])
    ]
  ),
  [1, '대상아동 주민등록번호: basis', bases('application.child.rrn'), RRN_BASES],
  [1, '육아조력자 주민등록번호: basis', bases('application.helper.rrn'), RRN_BASES],
  [1, '가구구성원 주민등록번호: basis', bases('application.household.rrn'), RRN_BASES],
  [
    1,
    '[선택] 휴대폰번호',
    item('application.applicant.contactPhone'),
    ['휴대폰번호', '선택', 'applicant', 'optional', 'consent', true]
  ],
  [
    1,
    '[선택] 이메일',
    item('application.applicant.email'),
    ['이메일', '선택', 'applicant', 'optional', 'consent', true]
  ],
  [1, '[선택] rests on consent', bases('application.applicant.email'), [null, ['정보주체 동의']]],
  [
    1,
    'file 2: what the items are for',
    purposesOf('application'),
    ['출산에서 육아까지 몽땅정보 만능키 서비스 신청처리', '처리결과 통보']
  ],
  [1, 'no third file', (p) => p.files.length, 2],
  [
    1,
    '정보주체 동의 is consent, the other bases are laws',
    (p) => p.legalBases.map((b) => b.kind).filter((k) => k !== 'law'),
    ['consent']
  ]
]

export const ARTICLES_0_TO_1: readonly ChecklistLine[] = [
  ...PREAMBLE_LINES,
  ...ARTICLE_1_CLAUSES,
  ...MEMBER_FILE_LINES,
  ...APPLICATION_FILE_LINES
]
