import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { listedCase } from './case-columns.ts'
import { type CasePage, type PackedCase, readCasePage, recordOfPacked, writeCasePage } from './case-page.ts'

const make = createCaseGenerator({ seed: 5, districtCodes: ['11680'], today: '2026-11-20', count: 60 })
const records = Array.from({ length: 60 }, (_, index) => make(index))
const others = '{"type":"gone","seq":3,"caseId":"01890000-0000-7000-8000-000000000001","reason":"destroyed"}'

const casesOf = (page: CasePage | null): PackedCase[] => [...(page?.cases() ?? [])].flatMap((packed) => packed ?? [])

test('a page gives back every case, its row and the lines between them', () => {
  fc.assert(
    fc.property(fc.subarray(records), fc.constantFrom('', others), (chosen, between) => {
      const page = readCasePage(writeCasePage({ cursor: 7, records: chosen, others: () => between }))
      expect(page).toMatchObject({ cursor: 7, others: between, count: chosen.length })
      expect(casesOf(page).map(recordOfPacked)).toEqual(chosen)
      expect(casesOf(page).map(({ listed }) => listed)).toEqual(chosen.map((record) => listedCase(record.case)))
    })
  )
})

test('bytes that are cut, too many or altered in the head are no page', () => {
  const bytes = writeCasePage({ cursor: 7, records: records.slice(0, 3), others: () => others })
  for (let length = 0; length < bytes.length; length += 13) expect(readCasePage(bytes.subarray(0, length))).toBeNull()
  expect(readCasePage(Uint8Array.of(...bytes, 0))).toBeNull()
  for (const [from, to] of [
    ['"cursor":7', '"cursor":0'],
    ['"rows":[', '"rows":{'],
    ['"bodies":[', '"bodies":(']
  ] as const) {
    const spoilt = Buffer.from(Buffer.from(bytes).toString('latin1').replace(from, to), 'latin1')
    expect(spoilt.length).toBe(bytes.length)
    expect(readCasePage(spoilt)).toBeNull()
  }
  for (const [from, to] of [
    ['"applicationNo":"', '"applicationNO":"'],
    ['"conflicts":0', '"conflicts":x']
  ] as const) {
    const spoilt = Buffer.from(Buffer.from(bytes).toString('latin1').replace(from, to), 'latin1')
    const ids = [...(readCasePage(spoilt)?.cases() ?? [])].map((packed) => packed?.listed.id)
    expect(ids).toEqual([undefined, records[1]?.case.id, records[2]?.case.id])
  }
})
