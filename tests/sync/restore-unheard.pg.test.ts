import { afterEach, beforeEach, expect, test } from 'vitest'
import { expectOk } from '#shared/foundation/result.ts'
import { type MovableDesk, openRestoreFixture, type RestoreFixture } from './restore-fixture.ts'

/** What the line does not bring: an answer to what was sent, or the stream after it. */
type Lost = '/v1/push' | '/v1/changes'

let office: RestoreFixture
let a: MovableDesk
let b: MovableDesk
let lost: Lost | null
beforeEach(async () => {
  lost = null
  office = await openRestoreFixture()
  a = await office.openDesk({
    line: (sound) => async (input, init) => {
      const answer = await sound(input, init)
      if (lost === null || !String(input).includes(lost)) return answer
      await answer.arrayBuffer()
      throw new TypeError('fetch failed')
    }
  })
  b = await office.openDesk()
})
afterEach(() => office.close())

const [PHONE, EMAIL] = ['01011112222', 'new@example.kr']
const syncInTurn = async (...desks: MovableDesk[]) => {
  for (const desk of desks)
    expect(await desk.sync.syncNow()).toMatchObject({ state: 'current', waiting: 0, refused: 0 })
}
/** `a` sends what waits, and hears no more after that. */
const sendUnheard = async (what: Lost) => {
  lost = what
  await a.sync.syncNow()
}
const setBack = async (what: 'cases' | 'keys', backup: { casesUrl: string; keysUrl: string }) => {
  lost = null
  await office.restore(what === 'cases' ? { casesUrl: backup.casesUrl } : { keysUrl: backup.keysUrl })
  await a.sync.syncNow()
  await syncInTurn(b, a, b)
}
const history = async () =>
  (await office.centre().centre.pool.query('SELECT count(*) AS all, count(DISTINCT id) AS each FROM commands')).rows[0]

test.each(['/v1/push', '/v1/changes'] as const)(
  'an edit that was done before its PC heard of it is in its case after the keys were set back (nothing heard from %s on)',
  async (what) => {
    const backup = await office.backUp()
    const caseId = a.register()
    await syncInTurn(a, b)
    expectOk(a.correct(caseId, 'applicant.phone', PHONE))
    await sendUnheard(what)
    await setBack('keys', backup)
    expect(b.shown(caseId)).toMatchObject({ rev: 2, case: { applicant: { phone: PHONE } } })
    expect(a.shown(caseId)).toEqual(b.shown(caseId))
    expect(await history()).toEqual({ all: 2, each: 2 })
  }
)

test.each(['/v1/push', '/v1/changes'] as const)(
  'a case whose keys were lost before any PC had received it is made again from its commands (nothing heard from %s on)',
  async (what) => {
    const backup = await office.backUp()
    const caseId = a.register()
    expectOk(a.correct(caseId, 'applicant.phone', PHONE))
    await sendUnheard(what)
    await setBack('keys', backup)
    expect(b.shown(caseId)).toMatchObject({ rev: 2, case: { applicant: { phone: PHONE } } })
    expect(a.shown(caseId)).toEqual(b.shown(caseId))
    expect(b.shown(caseId)?.case.applicationNo).toMatch(/^\d{4}-\d{2}-\d{4}$/)
  }
)

test.each(['cases', 'keys'] as const)(
  'what a PC shows of its own edit before it has received the colleague’s hides neither when %s were set back',
  async (what) => {
    let backup = await office.backUp()
    const caseId = a.register()
    await syncInTurn(a, b)
    if (what === 'cases') backup = await office.backUp()
    expectOk(b.correct(caseId, 'applicant.email', EMAIL))
    await syncInTurn(b)
    expectOk(a.correct(caseId, 'applicant.phone', PHONE))
    await sendUnheard('/v1/changes')
    await setBack(what, backup)
    expect(b.shown(caseId)).toMatchObject({ rev: 3, case: { applicant: { phone: PHONE, email: EMAIL } } })
    expect(a.shown(caseId)).toEqual(b.shown(caseId))
  }
)

test('a case that its PC has not received yet keeps a number of the centre when the cases were set back', async () => {
  await syncInTurn(a, b)
  const backup = await office.backUp()
  const caseId = a.register()
  await sendUnheard('/v1/changes')
  await setBack('cases', backup)
  expect(b.shown(caseId)?.case.applicationNo).toMatch(/^\d{4}-\d{2}-\d{4}$/)
  expect(a.shown(caseId)).toEqual(b.shown(caseId))
})

test.each(['cases', 'both'] as const)(
  'a PC whose receipt proves more than it was answered takes its own waiting command for no copy’s (%s set back)',
  async (what) => {
    const backup = await office.backUp()
    const caseId = a.register()
    await syncInTurn(a, b)
    expectOk(a.correct(caseId, 'applicant.phone', PHONE))
    await sendUnheard('/v1/push')
    await a.sync.syncNow() // pulls first, and is given a receipt with the number of the command that it never heard of
    lost = null
    await office.restore(what === 'both' ? backup : { casesUrl: backup.casesUrl })
    await a.sync.syncNow()
    await syncInTurn(b, a, b)
    expect(b.shown(caseId)).toMatchObject({ case: { applicant: { phone: PHONE } } })
    expect(a.shown(caseId)).toEqual(b.shown(caseId))
    expect(await history()).toEqual({ all: 2, each: 2 })
  }
)
