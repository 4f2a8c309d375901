import { expect, test } from 'vitest'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { phoneText } from '../../case-display/masked-texts.ts'
import { applicantChanges, applicantForm } from './applicant-form.ts'
import { ownChanges } from './own-changes.ts'

test('what somebody else changed while the form was open is not taken back by saving something else', () => {
  const before = sampleIntake().applicant
  const opened = applicantForm(before, phoneText)
  const now = { ...before, phone: '01077778888' } // by a colleague, while the form was open
  const form = { ...opened, name: '강소민' }
  const differing = applicantChanges(form, now).changes
  expect(differing.map(({ field }) => field)).toEqual(['applicant.name', 'applicant.phone'])
  expect(ownChanges(differing, applicantChanges(opened, now).changes)).toEqual([
    { field: 'applicant.name', value: '강소민' }
  ])
})
