import { expect, test } from 'vitest'
import { parseTypedDay } from '../../design-system/typed-date.ts'
import { filledForm } from '../../testing/filled-form.ts'
import {
  addChildrenToHousehold,
  addRow,
  pasteRows,
  removeRow,
  setApplicant,
  setChild,
  splitRoad
} from './intake-edits.ts'
import { emptyChild, emptyForm, LIST_LIMITS } from './intake-form.ts'
import { isTable, type PastedPerson, pastedPeople } from './pasted-rows.ts'

const blank = () => emptyForm({ today: '2026-11-23', districtCode: '11680' })
const parseDay = (text: string) => parseTypedDay(text, '2026-11-23')

test('a child’s number fills in birth date and sex', () => {
  const form = addRow('children')(blank())
  expect(setChild(1, { registrationNo: '2406154726183' })(form).children).toEqual([
    { key: 1, name: '', registrationNo: '2406154726183', birthDate: '2024-06-15', sex: 'female' }
  ])
})

test('rows keep their keys when others go, and lists end at their limit', () => {
  let form = blank()
  for (let index = 0; index < LIST_LIMITS.helpers + 2; index += 1) form = addRow('helpers')(form)
  expect(form.helpers.map(({ key }) => key)).toEqual([1, 2, 3, 4])
  form = addRow('helpers')(removeRow('helpers', 2)(form))
  expect(form.helpers.map(({ key }) => key)).toEqual([1, 3, 4, 5])
})

const withRoad = (road: string) => splitRoad(setApplicant({ road })(blank())).applicant

test('a whole address in the road falls into its parts', () => {
  expect(withRoad('(06236) 서울특별시 강남구 테헤란로 152, 3동 1204호 (역삼동, 늘봄아파트)')).toMatchObject({
    postcode: '06236',
    road: '서울특별시 강남구 테헤란로',
    building: '152',
    detail: '3동 1204호',
    extra: '역삼동, 늘봄아파트'
  })
  expect(withRoad('서울특별시 중구 세종대로9길 20-3 (서소문동)')).toMatchObject({
    postcode: '',
    road: '서울특별시 중구 세종대로9길',
    building: '20-3',
    detail: '',
    extra: '서소문동'
  })
})

test('what the address does not say stays as it was', () => {
  const form = setApplicant({ road: '서울특별시 강남구 테헤란로 152', postcode: '06236', detail: '3층' })(blank())
  expect(splitRoad(form).applicant).toMatchObject({ postcode: '06236', building: '152', detail: '3층' })
})

test.each(['서울특별시 강남구 ', '서울특별시 강남구 테헤', '서울특별시 강남구 테헤란로', '역삼동 우리집'])(
  '%j is left as it is',
  (typed) => {
    expect(withRoad(typed)).toMatchObject({ road: typed, building: '', postcode: '' })
  }
)

test('the children are added to the household once', () => {
  const form = { ...filledForm(), household: [] }
  const once = addChildrenToHousehold(form)
  expect(once.household).toEqual([
    { key: 1, name: '한지안', registrationNo: '2406154726183', birthDate: '2024-06-15', relation: 'child' }
  ])
  expect(addChildrenToHousehold(once).household).toEqual(once.household)
})

test('copied rows are read whatever the order of their columns', () => {
  expect(isTable('한지안')).toBe(false)
  const text = '순번\t성명\t주민번호\t관계\r\n1\t한도윤\t891105-1023451\t배우자\r\n2\t한봄\t2026. 11. 1.\t여\t자녀\r\n'
  expect(isTable(text)).toBe(true)
  const found = pastedPeople({ parseDay }, text)
  const empty = { name: '', registrationNo: '', birthDate: '', sex: '', phone: '', other: [] }
  expect(found).toEqual([
    {
      ...empty,
      name: '한도윤',
      registrationNo: '8911051023451',
      birthDate: '1989-11-05',
      sex: 'male',
      other: ['1', '배우자']
    },
    { ...empty, name: '한봄', birthDate: '2026-11-01', sex: 'female', other: ['2', '자녀'] }
  ])
})

test('copied rows go in from the row they were pasted into on, up to the limit', () => {
  const person = (name: string): PastedPerson => ({
    name,
    registrationNo: '',
    birthDate: '',
    sex: '',
    phone: '',
    other: []
  })
  const toRow = ({ name }: PastedPerson, key: number) => ({ ...emptyChild(key), name })
  const form = addRow('children')(addRow('children')(blank()))
  const people = Array.from({ length: 12 }, (_, index) => person(`아이${index}`))
  const { children } = pasteRows('children', 2, { people, toRow })(form)
  expect(children.map(({ key, name }) => [key, name])).toEqual([
    [1, ''],
    ...Array.from({ length: 9 }, (_, index) => [index + 2, `아이${index}`])
  ])
})
