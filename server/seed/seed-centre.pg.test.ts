import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { caseIdsByNumber } from '../cases/blind-index.ts'
import { openTestCentre, type TestCentre } from '../testing/test-centre.ts'
import { createTestOutbox, pulledCases, push } from '../testing/test-commands.ts'
import { seedCentre } from './seed-centre.ts'

const COUNT = 2_300
const caseAt = createCaseGenerator({ seed: 3, districtCodes: ['11680', '11440'], today: '2026-11-23', count: COUNT })
const records = Array.from({ length: COUNT }, (_, index) => caseAt(index))

let server: TestCentre
beforeAll(async () => {
  server = await openTestCentre()
  expect(await seedCentre(server.centre, records)).toBe(COUNT)
})
afterAll(() => server.close())

test('every case goes to its district, with its content and a number of the centre', async () => {
  for (const districtCode of ['11680', '11440']) {
    const desk = await server.signIn(await server.addAccount({ districtCode }))
    const pulled = [...(await pulledCases(desk)).values()]
    const expected = records.flatMap((record) => (record.case.districtCode === districtCode ? [record.case] : []))
    const unnumbered = (cases: typeof pulled) => cases.map((one) => ({ ...one, applicationNo: '' }))
    expect(unnumbered(pulled)).toEqual(unnumbered(expected))
    const numbers = pulled.map((one) => one.applicationNo)
    expect(new Set(numbers).size).toBe(expected.length)
    expect(pulled.filter((one) => !one.applicationNo.startsWith(one.appliedOn.slice(0, 7)))).toEqual([])
  }
})

test('seeded people are found by their numbers, and seeded cases are worked on like others', async () => {
  const [record] = records.filter((one) => one.case.districtCode === '11680' && one.case.state === 'received')
  if (record === undefined) throw new Error('no case to work on')
  const { pool, cipher, keyRing } = server.centre
  const deps = { cipher, blindIndexKey: keyRing.blindIndexKey }
  const found = await caseIdsByNumber(pool, deps, { kind: 'phone', number: record.case.applicant.phone })
  expect(found).toContain(record.case.id)
  const desk = await server.signIn(await server.addAccount())
  const outbox = createTestOutbox(desk)
  const [moved, registered] = [outbox.move(record.case.id, 'investigating'), outbox.register()]
  expect((await push(desk, [moved, registered])).map(({ type }) => type)).toEqual(['Applied', 'Applied'])
  const cases = await pulledCases(desk)
  expect(cases.get(record.case.id)?.state).toBe('investigating')
  const ofMonth = [...cases.values()].filter((one) => one.applicationNo.startsWith('2026-11-'))
  expect(cases.get(registered.caseId)?.applicationNo).toBe(`2026-11-${String(ofMonth.length).padStart(4, '0')}`)
})
