import { expect, test } from 'vitest'
import { type Case, caseRecordSchema, caseSchema } from '#shared/domain/case/case.ts'
import { openConflictSchema } from '#shared/domain/case/conflict.ts'
import { schemaGrounds } from '#shared/domain/case/schema-grounds.ts'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { caseMarkers, ITEM_MARKERS, itemKind, nameMarkers } from './case-markers.ts'
import { bytesMarker, documentMarkers, type Marker, textMarkers, utf16Bytes } from './marker.ts'
import { packMarkers, unpackMarkers } from './pack-markers.ts'
import { termMarkers } from './term-markers.ts'

const generated = createCaseGenerator({ seed: 4, districtCodes: ['11680'], today: '2026-11-20', count: 9 })
const plain = caseRecordSchema.parse(generated(2)).case
const subject: Case = {
  ...plain,
  applicant: {
    ...plain.applicant,
    name: '김하늘',
    registrationNo: '9001012234567',
    phone: '01012345678',
    email: 'haneul@example.kr',
    address: {
      postcode: '06232',
      road: '서울특별시 강남구 테헤란로',
      building: '152',
      detail: '3동 1204호',
      extra: ''
    },
    account: { bankCode: '088', number: '110123456789', holder: '김하늘' }
  },
  children: [{ name: '김별', registrationNo: null, birthDate: '2026-01-02', sex: 'female' }]
}
const texts = (markers: readonly Marker[], kind: Marker['kind']) =>
  markers
    .filter((marker) => marker.kind === kind)
    .map(({ bytes }) => new TextDecoder().decode(bytes))
    .filter((text) => !text.includes('\0'))

test('a person is looked for by name, 초성, numbers with and without hyphen, account, e-mail and whole address', () => {
  const markers = caseMarkers({ ...subject, helpers: [], household: [] })
  const found = (kind: Marker['kind']) => texts(markers, kind)
  expect(found('name')).toContain('김하늘')
  expect(found('initials')).toContain('ㄱㅎㄴ')
  expect(found('registration_no')).toEqual(['9001012234567', '900101-2234567'])
  expect(found('phone')).toEqual(expect.arrayContaining(['01012345678', '010-1234-5678']))
  expect(found('account')).toContain('110123456789')
  expect(found('email')).toEqual(['haneul@example.kr'])
  expect(found('address').some((text) => text.endsWith('3동 1204호'))).toBe(true)
})

test('texts are looked for as UTF-16 too, where that is long enough', () => {
  const [, wide] = textMarkers('phone', '01012345678')
  expect(wide?.bytes).toEqual(utf16Bytes('01012345678'))
  expect(textMarkers('name', '김하늘')).toHaveLength(1)
})

test('what many people have proves nothing: short names, a street, digits over and over', () => {
  expect(nameMarkers('김별')).toEqual([])
  expect(nameMarkers('Li')).toEqual([])
  expect(textMarkers('account', '1111111111')).toEqual([])
  expect(bytesMarker('search_term', new Uint8Array(6))).toEqual([])
  const houseless = { ...subject.applicant.address, building: '', detail: '' }
  const without = caseMarkers({ ...subject, applicant: { ...subject.applicant, address: houseless } })
  expect(texts(without, 'address')).toEqual([])
})

test('a value that waits in a conflict has its markers', () => {
  const by = '01935a00-0000-7000-8000-00000000000a'
  const at = '2026-11-20T00:00:00.000Z'
  const conflict = openConflictSchema.parse({
    ...{ id: 'one', field: 'applicant.registrationNo', openedAt: at, rev: 2 },
    theirs: { value: subject.applicant.registrationNo, by, at, reason: '' },
    mine: { value: '8805051234567', by, at, reason: '', commandId: by }
  })
  expect(texts(caseMarkers({ ...subject, conflicts: [conflict] }), 'registration_no')).toContain('8805051234567')
})

test('of every item that a case holds it is decided what it is looked for as', () => {
  const kinds = new Set(schemaGrounds(caseSchema).flatMap(({ ground }) => ground?.item ?? []))
  expect([...kinds].map(itemKind).filter((kind) => !Object.hasOwn(ITEM_MARKERS, kind))).toEqual([])
})

test('a document is known by its inside, and not by padding', () => {
  const content = Uint8Array.from({ length: 4000 }, (_, at) => (at * 7919) % 251)
  expect(documentMarkers(content)).toHaveLength(3)
  expect(documentMarkers(new Uint8Array(4000))).toEqual([])
})

test('a term is looked for as a row number begins, whatever its block, and as it is gathered', () => {
  const [row, gathered] = termMarkers([2 ** 46 + 12_345])
  expect(row?.bytes).toHaveLength(7)
  expect(gathered?.bytes).toEqual(new Uint8Array(Float64Array.of(2 ** 46 + 12_345).buffer))
})

test('markers come out of their box as they were put in', () => {
  const markers = caseMarkers(subject)
  expect(unpackMarkers(packMarkers(markers))).toEqual(markers)
})
