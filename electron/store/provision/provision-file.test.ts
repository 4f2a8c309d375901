import { readXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import type { Case } from '#shared/domain/case/case.ts'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import type { ProvisionLine, ProvisionRun } from '#shared/domain/provision/provision-run.ts'
import { recipientsOf } from '#shared/domain/provision/select-for-provision.ts'
import { testPolicies } from '../testing/test-desk.ts'
import { tableOf, writeProvisionFile } from './provision-file.ts'

const POLICY = testPolicies[0] ?? expect.fail()
const [CARE, BGF] = recipientsOf(POLICY)
if (CARE === undefined || BGF === undefined) throw new Error('the seed names three recipients')
const ID = '01935a00-0000-7000-8000-00000000000a'
const AT = '2026-11-20T01:00:00.000Z'
const { case: made } = createCaseGenerator({ seed: 6, districtCodes: ['11680'], today: '2026-11-20', count: 10 })(4)
const child = (name: string, sex: 'female' | 'male'): Case['children'][number] => ({
  ...{ name, registrationNo: null, birthDate: '2025-01-02', sex }
})
const subject: Case = {
  ...made,
  applicant: {
    ...{ ...made.applicant, loginId: 'mom1', name: '김민수', registrationNo: '9003042345678', phone: '01012345678' },
    address: { postcode: '06232', road: '서울특별시 강남구 테헤란로', building: '152', detail: '3동', extra: '역삼동' },
    account: { bankCode: '004', number: '1234567890123', holder: '김민수' },
    email: 'secret@example.kr'
  },
  children: [child('김하나', 'female'), child('김두리', 'male')]
}
const runOf = (terms: typeof BGF, over: Partial<ProvisionRun> = {}): ProvisionRun => ({
  ...{ id: ID, districtCode: '11680', number: '2026-0007', recipientId: terms.recipientId, persons: 1 },
  ...{ policyVersion: '2024-01-25', purpose: '쿠폰 발행', document: '가족-1', agreementEndsOn: null, keepUntil: null },
  ...{ provisionId: terms.provisionId, items: [...terms.items], givenBy: ID, deviceId: ID, givenAt: AT },
  ...{ file: null, fileDestroyed: null, voided: null, deletion: null },
  ...over
})
const lineOf = (items: readonly ProvisionLine['items'][number][]): ProvisionLine => ({
  ...{ runId: ID, caseId: ID, no: 1, items: [...items], withdrawnOn: null, asked: null, proven: null },
  consent: { consentId: 'provide.bgfRetail', policyVersion: '2024-01-25', answeredAt: AT }
})
const table = (terms: typeof BGF, items = terms.items, of = subject) =>
  tableOf({ run: runOf(terms), policy: POLICY, persons: [{ line: lineOf(items), subject: of }] })

describe('the table holds', () => {
  test('the items of the recipient under the words of the register, and no other', () => {
    expect(table(BGF)).toEqual([
      ['번호', '신청자정보 이름', '신청자정보 휴대폰번호'],
      ['1', '김민수', '010-1234-5678']
    ])
  })

  test('a row for each child, the applicant in each; what is read out of a number, never the number', () => {
    const applicant = ['mom1', '김민수', '1990-03-04', '여', '010-1234-5678']
    const address = '(06232) 서울특별시 강남구 테헤란로 152, 3동 (역삼동)'
    expect(table(CARE).slice(1)).toEqual([
      ['1', ...applicant, address, '김하나', '2025-01-02', '여'],
      ['1', ...applicant, address, '김두리', '2025-01-02', '남']
    ])
  })

  test('nothing in a cell of which she was not told, although the column is there', () => {
    expect(table(BGF, ['application.applicant.name'])[1]).toEqual(['1', '김민수', ''])
  })

  test('nothing of a field that a withdrawn consent closed, nor of a conflict or the history', () => {
    const no: Case['consents'][number] = {
      ...{ consentId: 'collect.email', policyVersion: '2024-01-25', noticeHash: null, given: false, method: 'web' },
      ...{ answeredAt: AT, representative: null, handler: null, evidence: '', reason: '', closes: ['applicant.phone'] }
    }
    const other: Case['conflicts'][number] = {
      ...{ id: 'x', field: 'applicant.name' as const, openedAt: AT, rev: 2 },
      theirs: { value: '김민수', by: ID, at: AT, reason: '' },
      mine: { value: '박다른', by: ID, at: AT, reason: '', commandId: ID }
    }
    const closed = { ...subject, consents: [no], conflicts: [other] }
    expect(JSON.stringify(table(BGF, BGF.items, closed))).not.toMatch(/박다른|secret@/)
  })

  test('text alone, whatever somebody typed as a name', () => {
    for (const attack of ['=1+1', '+82', '-2', '@SUM(1)', '\t=1']) {
      const attacker = { ...subject, applicant: { ...subject.applicant, name: attack } }
      expect(table(BGF, BGF.items, attacker)[1]?.[1]).toMatch(/^'/)
    }
  })
})

test('the file opens with its password alone, holds the table and what the recipient has to do, and no other byte of the case', async () => {
  const persons = [
    { line: lineOf(BGF.items), subject: { ...subject, applicant: { ...subject.applicant, name: '=cmd' } } }
  ]
  const { content, password } = await writeProvisionFile({ run: runOf(BGF), policy: POLICY, persons })
  expect(password).toMatch(/^([A-HJKMNP-Z2-9]{4}-){4}[A-HJKMNP-Z2-9]{4}$/)
  await expect(readXlsx(content, { password: 'AAAA' })).rejects.toThrow()
  await expect(readXlsx(content)).rejects.toThrow()
  for (const clear of ['010-1234-5678', '01012345678', '가족-1']) {
    expect(Buffer.from(content).includes(clear)).toBe(false)
    expect(Buffer.from(content).includes(Buffer.from(clear, 'utf16le'))).toBe(false)
  }
  await expect(readXlsx(content.subarray(0, content.length / 2), { password })).rejects.toThrow()
  const { sheets } = await readXlsx(content, { password })
  expect(sheets.map(({ name }) => name)).toEqual(['제공', '안내'])
  expect(sheets[0]?.rows).toEqual([
    ['번호', '신청자정보 이름', '신청자정보 휴대폰번호'],
    ['1', "'=cmd", '010-1234-5678']
  ])
  expect(JSON.stringify(sheets)).not.toMatch(/1234567890123|secret@|테헤란로|9003042345678/)
  expect(JSON.stringify(sheets[1]?.rows)).toContain('2026-0007')
  const again = await writeProvisionFile({ run: runOf(BGF), policy: POLICY, persons })
  expect(again.password).not.toBe(password)
})
