import { expect, test } from 'vitest'
import { answerFault, emptyAnswer, representativeOf } from './answer-form.ts'

const AT = '2026-11-26T01:00:00.000Z'

test('an answer for a child starts with its legal representative, and asks how she was verified', () => {
  const form = { ...emptyAnswer({ needsGuardian: true }), method: 'written' as const }
  expect([form.by, answerFault(form)]).toEqual(['legal_representative', 'check'])
  const verified = { ...form, check: 'written_signed' as const }
  expect(answerFault(verified)).toBeNull()
  expect(representativeOf(verified, AT)).toEqual({
    ...{ as: 'legal_representative', check: 'written_signed', confirmedAt: null }
  })
  expect(representativeOf({ ...verified, isConfirmed: true }, AT)).toMatchObject({ confirmedAt: AT })
})

test('an answer of her own names nobody else, and asks for the method alone', () => {
  const form = emptyAnswer({ needsGuardian: false })
  expect([answerFault(form), answerFault({ ...form, method: 'web' })]).toEqual(['method', null])
  expect(representativeOf(form, AT)).toBeNull()
  expect(representativeOf({ ...form, by: 'agent' }, AT)).toEqual({ as: 'agent' })
})
