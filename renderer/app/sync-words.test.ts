import i18next, { type TFunction } from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import type { SyncStatus } from '#shared/ipc/views.ts'
import { ko } from '../i18n/ko.ts'
import { syncWords } from './sync-words.ts'

let t: TFunction<['shell', 'domain']>
beforeAll(async () => {
  const texts = i18next.createInstance()
  await texts.init({ lng: 'ko', resources: { ko }, interpolation: { escapeValue: false } })
  t = texts.getFixedT('ko', ['shell', 'domain'])
})

const moment = { now: Date.parse('2026-11-25T05:30:00.000Z'), today: '2026-11-25' }
const known = {
  waiting: 0,
  refused: 0,
  parked: 0,
  conflicts: 0,
  ownConflicts: 0,
  lastReceivedAt: '2026-11-25T05:29:00.000Z'
}
const words = (status: SyncStatus): string => syncWords(t, status, moment)

test('up to date says when something last came', () => {
  expect(words({ ...known, state: 'current' })).toBe('최신 · 방금 받음')
  expect(words({ ...known, state: 'current', lastReceivedAt: '2026-11-25T05:03:00.000Z' })).toBe('최신 · 14:03 받음')
})

test('sending and receiving say how much of how much, and a first download its pace', () => {
  expect(words({ ...known, waiting: 12, state: 'sending', done: 4, of: 12 })).toBe('보내는 중 4/12')
  const receiving = { ...known, state: 'receiving', done: 48_200, of: 100_000 } as const
  expect(words(receiving)).toBe('받는 중 48,200/100,000')
  const pace = { perSecond: 9_812.4, secondsLeft: 5.2, isPaused: false }
  expect(words({ ...receiving, firstDownload: pace })).toBe('받는 중 48,200/100,000 · 9,812건/초 · 약 6초 남음')
  const unknown = { perSecond: null, secondsLeft: null, isPaused: false }
  expect(words({ ...receiving, firstDownload: unknown })).toBe('받는 중 48,200/100,000')
  expect(words({ ...receiving, firstDownload: { ...pace, isPaused: true } })).toBe('받기 멈춤 48,200/100,000')
  expect(words({ ...receiving, firstDownload: { ...pace, secondsLeft: 130 } })).toContain('약 3분 남음')
})

test('offline says since when, with the day when it is not today', () => {
  const offline = { ...known, waiting: 3, state: 'offline', cause: 'line' } as const
  expect(words({ ...offline, since: '2026-11-25T05:03:00.000Z' })).toBe('오프라인 — 14:03부터 · 보낼 것 3건')
  expect(words({ ...offline, since: '2026-11-23T05:03:00.000Z' })).toBe('오프라인 — 11. 23. 14:03부터 · 보낼 것 3건')
})

test('a centre that takes back what it lost is not called offline', () => {
  const restoring = { ...known, state: 'offline', cause: 'restoring', since: '2026-11-25T05:03:00.000Z' } as const
  expect(words(restoring)).toBe('센터 복구 중 — 14:03부터')
})

test('a conflict in which a value is hers needs her, with its number; those of others do not', () => {
  expect(words({ ...known, conflicts: 3, state: 'current' })).toBe('최신 · 방금 받음')
  const hers = { ...known, conflicts: 3, ownConflicts: 2 } as const
  expect(words({ ...hers, state: 'current' })).toBe('확인 필요: 정리할 충돌 2건')
  expect(words({ ...hers, waiting: 1, state: 'current' })).toBe('확인 필요: 정리할 충돌 2건 · 보낼 것 1건')
  expect(words({ ...hers, state: 'sending', done: 1, of: 3 })).toBe('보내는 중 1/3 · 정리할 충돌 2건')
  expect(words({ ...hers, refused: 1, state: 'needs_you', cause: 'refused' })).toBe(
    '확인 필요: 센터가 거절한 변경 1건 · 정리할 충돌 2건'
  )
})

test('what needs a person says why', () => {
  expect(words({ ...known, state: 'needs_you', cause: 'session' })).toBe('확인 필요: 센터에 다시 로그인해야 합니다')
  expect(words({ ...known, refused: 2, state: 'needs_you', cause: 'refused' })).toBe(
    '확인 필요: 센터가 거절한 변경 2건'
  )
  expect(words({ ...known, refused: 2, waiting: 3, state: 'needs_you', cause: 'storage' })).toBe(
    '확인 필요: 이 PC의 저장 공간이 부족합니다 · 보낼 것 3건 · 거절 2건'
  )
})
