import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RescueEntry } from '#shared/domain/administration/rescue-entry.ts'
import { CHUNK_BYTES } from '#shared/domain/document/case-document.ts'
import { testFile } from '../../electron/store/testing/test-documents.ts'
import { DAY_MS, type Office, type OfficePc, openOffice, until } from './office-with-pcs.ts'

/**
 * Documents that had not gone up when their PC was deleted or shut out: each is at the centre afterwards, once and whole,
 * or is lost by number.
 */
let office: Office
let pc: OfficePc
beforeEach(async () => {
  office = await openOffice()
  pc = office.pc()
  await pc.signIn(office.accounts.first)
})
afterEach(() => office.close())

const opened = { ok: true, value: { state: 'unlocked' } }

interface Paper {
  readonly caseId: string
  readonly documentId: string
  readonly content: Uint8Array<ArrayBuffer>
}
const attach = async (caseId: string, pieces = 2): Promise<Paper> => {
  const content = new Uint8Array(testFile(pieces * CHUNK_BYTES - 7))
  const { documentId } = await pc.service.get('document.attach', { caseId, title: 'bankbook', content })
  return { caseId, documentId, content }
}
/** One case is at the centre, one is not, and each has a document; nothing could be sent for a while. */
const workWithUnsent = async (): Promise<readonly [Paper, Paper]> => {
  const known = await pc.register('가하나')
  await pc.sync()
  pc.line = 'cut'
  const fresh = await pc.register('나두리')
  return [await attach(known), await attach(fresh, 3)]
}
const NAMES = ['가하나', '나두리']

/** Another PC of the office has them with their cases, and reads the same as was attached. */
const expectWhole = async (...papers: readonly Paper[]): Promise<void> => {
  const colleague = office.pc()
  await colleague.signIn(office.accounts.second)
  await colleague.sync()
  for (const { caseId, documentId, content } of papers) {
    const list = await colleague.service.get('document.list', { caseId })
    expect(list.map((one) => one.documentId)).toEqual([documentId])
    await colleague.service.get('document.fetch', { caseId, documentId })
    const read = await colleague.service.get('document.content', { caseId, documentId, purpose: '결재 첨부' })
    expect(Buffer.compare(read.content, content)).toBe(0)
  }
}
const register = async (): Promise<RescueEntry[]> => {
  const { rescues } = (await office.admin.call({ method: 'GET', url: '/v1/admin/rescues' })).json() as {
    rescues: RescueEntry[]
  }
  return rescues.toSorted((a, b) => b.commands - a.commands)
}
const erased = async () => {
  const view = await pc.view()
  return view.state === 'first_run' ? view.erased : null
}
const isHandedOver = async (): Promise<boolean> => (await erased())?.isHandedOver === true
const isReported = async (): Promise<boolean> => (await office.device(pc))?.state === 'wiped'
/** What cannot be settled with the centre is tried again at the next start. */
const untilStarted = async (isSo: () => Promise<boolean>): Promise<void> => {
  for (let starts = 0; starts < 10 && !(await isSo()); starts += 1) {
    await pc.service.restart()
    await until(isSo, 4_000).catch(() => undefined)
  }
  expect(await isSo()).toBe(true)
}
const leftOvers = (): string[] => pc.files().filter((name) => /rescue\.(documents|capsule|chunks)/.test(name))

describe('원격 삭제: a PC that is wiped', () => {
  test('brings its documents to the centre before it says that it is done, and keeps nothing of them', async () => {
    const papers = await workWithUnsent()
    await office.orderWipe(pc)
    pc.line = 'open'
    await pc.sync()
    await until(isReported)
    expect(await erased()).toMatchObject({ reason: 'wiped', unsent: 1, documents: 2, lost: 0, isHandedOver: true })
    expect([leftOvers(), (await office.appliedNames()).sort()]).toEqual([[], NAMES])
    expect(await register()).toMatchObject([
      { state: 'applied', commands: 1, documents: 0, applied: 1 },
      { state: 'applied', commands: 0, documents: 2, applied: 2, lost: 0, refused: 0 }
    ])
    await expectWhole(...papers)
    expect(await pc.signIn(office.accounts.first)).toMatchObject(opened)
    await pc.sync()
    expect(await pc.service.get('outbox.list', {})).toEqual([])
  })

  test('with nothing but a document hands that over', async () => {
    const caseId = await pc.register('가하나')
    await pc.sync()
    pc.line = 'cut'
    const paper = await attach(caseId)
    await office.orderWipe(pc)
    pc.line = 'open'
    await pc.sync()
    await until(isReported)
    expect(await erased()).toMatchObject({ unsent: 0, documents: 1, lost: 0, isHandedOver: true })
    await expectWhole(paper)
  })

  test('while the line is cut leaves nothing that opens on the PC, and says what is still to go', async () => {
    await workWithUnsent()
    await office.orderWipe(pc)
    pc.line = 'open'
    pc.deafTo = '/v1/rescue'
    await pc.sync()
    await until(async () => (await erased()) !== null)
    expect(await erased()).toMatchObject({ unsent: 1, documents: 2, lost: 0, isHandedOver: false })
    expect(await isReported()).toBe(false)
    const [aside = ''] = readdirSync(join(pc.service.dataDir, 'rescue'))
    const [header = ''] = readFileSync(join(pc.service.dataDir, 'rescue', aside, 'rescue.documents'), 'latin1').split(
      '\n'
    )
    expect(JSON.parse(header).wraps.map(({ kind }: { kind: string }) => kind)).toEqual(['centre', 'public'])
    pc.deafTo = null
  })

  test('says how many are lost of which pieces are missing on it', async () => {
    await workWithUnsent()
    await pc.service.end()
    const chunks = pc.file('rescue.chunks')
    const before = readdirSync(chunks)
    expect(before).toHaveLength(5)
    await office.orderWipe(pc)
    rmSync(join(chunks, before[0] ?? ''))
    pc.line = 'open'
    pc.service.startAgain()
    await until(isReported)
    expect(await erased()).toMatchObject({ documents: 2, lost: 1, isHandedOver: true })
    expect((await register()).at(-1)).toMatchObject({ documents: 2, applied: 1, lost: 1 })
  })

  /** Each request of the hand-over is lost, or its answer, or the program ends behind it; by seed. */
  test.each([1, 2, 3, 4])('over a line that breaks at any request, and killed in between (seed %i)', async (seed) => {
    const papers = await workWithUnsent()
    await office.orderWipe(pc)
    let state = seed * 7919
    const random = (): number => {
      state = (state * 48271) % 2147483647
      return state / 2147483647
    }
    pc.carry = async (url, send) => {
      if (!/\/v1\/(rescue|device\/wiped)/.test(url)) return send()
      const fate = random()
      if (fate < 0.15) throw new TypeError('the line is cut')
      const response = await send()
      if (fate > 0.35) return response
      await response.body?.cancel()
      throw new TypeError('the answer is lost')
    }
    pc.line = 'open'
    for (let round = 0; round < 80 && !(await isReported()); round += 1) {
      await pc.service.restart()
      await new Promise((resolve) => setTimeout(resolve, 1_150)) // its first round begins a second after the start
    }
    expect([await isReported(), leftOvers()]).toEqual([true, []])
    expect(await erased()).toMatchObject({ unsent: 1, documents: 2, lost: 0, isHandedOver: true })
    expect((await register()).map(({ commands, documents, lost }) => [commands, documents, lost])).toEqual([
      [1, 0, 0],
      [0, 2, 0]
    ])
    await expectWhole(...papers)
  })
})

describe('a PC whose grace is over', () => {
  test('hands its documents over, and its next store has them with their cases', async () => {
    const papers = await workWithUnsent()
    await pc.service.end()
    office.pass(15 * DAY_MS)
    pc.service.startAgain()
    expect(await erased()).toMatchObject({ reason: 'lease', unsent: 1, documents: 2, lost: 0, isHandedOver: false })
    pc.line = 'open'
    await pc.service.restart()
    await until(isHandedOver)
    expect(leftOvers()).toEqual([])
    await expectWhole(...papers)
    expect(await pc.signIn(office.accounts.first)).toMatchObject(opened)
    await pc.register('다세찬')
    expect(await pc.sync()).toMatchObject({ state: 'current', waiting: 0, refused: 0 })
  })

  test('and whose owner is faster takes them into the new store: both ways together attach each once', async () => {
    const papers = await workWithUnsent()
    await pc.service.end()
    office.pass(15 * DAY_MS)
    pc.service.startAgain()
    pc.line = 'open'
    expect(await pc.signIn(office.accounts.first)).toMatchObject(opened)
    // Their copies lie beside the new store as well: it may be lost before they are sent.
    expect(readdirSync(pc.file('rescue.chunks')).length).toBeGreaterThan(0)
    await until(async () => {
      await pc.sync()
      const lists = await Promise.all(papers.map(({ caseId }) => pc.service.get('document.list', { caseId })))
      return lists.every((list) => list.length === 1 && list[0]?.state === 'here')
    })
    await untilStarted(async () => pc.files().every((name) => !/^rescue.*rescue\.documents/.test(name)))
    await expectWhole(...papers)
    expect(await pc.signIn(office.accounts.first)).toMatchObject(opened)
    expect(await pc.sync()).toMatchObject({ state: 'current', waiting: 0, refused: 0 })
  })
})

describe('사용 중지: a PC that is shut out', () => {
  test('hands its documents over; they count, with their intake, once an administrator has released them', async () => {
    const papers = await workWithUnsent()
    await office.revoke(pc)
    pc.line = 'open'
    await pc.sync()
    await until(async () => {
      const view = await pc.view()
      return view.state === 'shut_out' && view.isHandedOver
    })
    expect(await pc.view()).toEqual({ state: 'shut_out', unsent: 1, documents: 2, lost: 0, isHandedOver: true })
    const [, documents] = await register()
    expect(documents).toMatchObject({ state: 'parked', parkedFor: 'revoked', documents: 2, applied: 0, lost: 0 })
    expect(await office.appliedNames()).toEqual(['가하나'])
    const url = `/v1/admin/rescues/${documents?.id}/release`
    expect((await office.admin.call({ method: 'POST', url })).statusCode).toBe(204)
    expect(await register()).toMatchObject([
      { state: 'released', commands: 1, applied: 1 },
      { state: 'released', documents: 2, applied: 2, lost: 0 }
    ])
    await expectWhole(...papers)
  })

  test('and set up anew before it could hand anything over still does, and the new store calls nothing lost', async () => {
    const papers = await workWithUnsent()
    await office.revoke(pc)
    pc.line = 'open'
    pc.deafTo = '/v1/rescue'
    await pc.sync()
    await until(async () => (await pc.view()).state === 'shut_out')
    expect(await pc.view()).toMatchObject({ unsent: 1, documents: 2, isHandedOver: false })
    await pc.service.get('store.startAfresh', {})
    expect(await pc.signIn(office.accounts.first)).toMatchObject(opened)
    await pc.sync()
    expect(await pc.service.get('outbox.list', {})).toEqual([])
    pc.deafTo = null
    await pc.service.restart()
    await until(async () => (await register()).some(({ documents, state }) => documents === 2 && state === 'parked'))
    await until(async () => {
      const [, documents] = await register()
      const { rows } = await office.centre.centre.pool.query(
        'SELECT bool_and(content IS NOT NULL) AS "isThere" FROM rescued_chunks WHERE rescue_id = $1',
        [documents?.id]
      )
      return rows[0]?.isThere === true
    })
    for (const { id } of await register()) {
      await office.admin.call({ method: 'POST', url: `/v1/admin/rescues/${id}/release` })
    }
    await expectWhole(...papers)
  })
})

test('documents of a store that was set aside, which nothing at the PC opens, go to the centre by themselves', async () => {
  const caseId = await pc.register('가하나')
  await pc.sync()
  pc.line = 'cut'
  const paper = await attach(caseId)
  await pc.service.end()
  // A capsule that was begun anew offline knows the PC and the centre's key, and no share.
  const file = pc.file('rescue.documents')
  const whole = readFileSync(file)
  const lineEnd = whole.indexOf(10)
  const header = JSON.parse(whole.subarray(0, lineEnd).toString())
  const wraps = header.wraps.filter(({ kind }: { kind: string }) => kind !== 'centre')
  writeFileSync(file, Buffer.concat([Buffer.from(JSON.stringify({ ...header, wraps })), whole.subarray(lineEnd)]))
  pc.service.deviceSecret = null
  pc.service.startAgain()
  expect(await pc.view()).toEqual({ state: 'broken', problem: 'vault_lost', rescuable: 1 })
  await pc.service.get('store.startAfresh', {})
  pc.line = 'open'
  expect(await pc.signIn(office.accounts.first)).toMatchObject(opened)
  expect(await pc.service.get('outbox.list', {})).toEqual([])
  await pc.service.restart()
  await until(async () => (await register()).some(({ applied }) => applied === 1))
  await expectWhole(paper)
  expect(existsSync(pc.file('store.db'))).toBe(true)
})
