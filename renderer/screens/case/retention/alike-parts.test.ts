import { expect, test } from 'vitest'
import type { HeldPartView } from '#shared/ipc/retention-views.ts'
import { alikeParts } from './alike-parts.ts'

const part = (over: Partial<HeldPartView>): HeldPartView => ({
  recipient: null,
  group: '신청자정보',
  items: ['이름'],
  bases: ['아동복지법 제4조'],
  since: '2026-11-20',
  cause: 'term_over',
  until: '2031-11-20',
  recordsUntil: 'open',
  deadline: null,
  state: 'kept',
  ...over
})

test('what goes together is told together, and what goes earlier or lies elsewhere by itself', () => {
  const email = part({ cause: 'consent_withdrawn', until: '2026-11-21', bases: ['정보주체 동의'] })
  const child = part({ group: '대상아동정보', bases: ['아동복지법 제4조', '모자보건법 제11조'] })
  const given = part({ recipient: 'BGF리테일' })
  const told = alikeParts([part({}), child, email, given])
  expect(told.map(({ recipient, groups, bases, until }) => [recipient, groups, bases, until])).toEqual([
    [null, ['신청자정보', '대상아동정보'], ['아동복지법 제4조', '모자보건법 제11조'], '2031-11-20'],
    [null, ['신청자정보'], ['정보주체 동의'], '2026-11-21'],
    ['BGF리테일', ['신청자정보'], ['아동복지법 제4조'], '2031-11-20']
  ])
})
