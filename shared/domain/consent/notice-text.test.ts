import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { HELD_POLICIES } from '#shared/domain/demo/held-policies.ts'
import { requestShown } from '#shared/domain/policy/consents-to-ask.ts'
import { noticeText } from './notice-text.ts'

const REQUESTS = HELD_POLICIES.flatMap((policy) =>
  policy.consents.map(({ id }) => {
    const request = requestShown(HELD_POLICIES, { policyVersion: policy.id, consentId: id })
    return request ?? expect.fail()
  })
)

test('each notice of a held version is still, to the letter, the one that its hash was taken of', () => {
  const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')
  expect(REQUESTS.map((request) => [request.id, hashOf(noticeText(request))])).toEqual(
    REQUESTS.map(({ id, noticeHash }) => [id, noticeHash])
  )
})

test('no two notices are the same text', () => {
  expect(new Set(REQUESTS.map(noticeText)).size).toBe(REQUESTS.length)
})
