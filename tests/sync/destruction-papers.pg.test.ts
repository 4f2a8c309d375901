import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Role } from '#shared/domain/account/account.ts'
import { err, expectOk } from '#shared/foundation/result.ts'
import type { ReplyOf, RequestOf } from '#shared/ipc/contract.ts'
import type { Paper } from '#shared/papers/paper.ts'
import { findTrailer, TAIL_BYTES } from '#shared/signed-file/layout.ts'
import { checkTrailer } from '#shared/signed-file/signed-file.ts'
import { hexOf, type Statement } from '#shared/signed-file/statement.ts'
import { nodeCipher } from '../../electron/store/keys/node-crypto.ts'
import { ed25519 } from '../../electron/store/keys/sodium.ts'
import { readTestPaper } from '../../electron/store/testing/test-printer.ts'
import { writeOffCopy } from '../../server/destruction/copy-ledger.ts'
import { executeDueBatches } from '../../server/destruction/execution-job.ts'
import { listCopies } from '../../server/destruction/list-copies.ts'
import { approvedBatch, testItem } from '../../server/testing/test-batch-commands.ts'
import { keepCase, plainCase } from '../../server/testing/test-cases.ts'
import { TEST_PASSWORD } from '../../server/testing/test-centre.ts'
import { DAY_MS, type Office, openOffice, type Person, personAt } from './office-with-pcs.ts'

/** What a desk gives out about destructions, through its doors, on a real centre. */

let office: Office
let batchId: string
let caseIds: string[]

const person = (role: Role): Promise<Person> => personAt(office, role)
beforeEach(async () => {
  office = await openOffice()
  caseIds = []
  for (const no of [1, 2, 3]) caseIds.push(await keepCase(office.centre.centre, plainCase(no)))
  batchId = await approvedBatch(
    office.centre,
    caseIds.map((caseId) => testItem(caseId))
  )
  office.pass(9 * DAY_MS)
})
afterEach(() => office.close())

async function complete(): Promise<void> {
  const { centre } = office.centre
  await executeDueBatches(centre, (fault) => expect.fail(String(fault)))
  const administrator = await office.centre.addAccount({ role: 'administrator', districtCode: '11680' })
  const line = { batchId, districtCode: '11680', by: administrator.id, reason: '분실 신고' }
  await centre.pool.query(
    "UPDATE batch_copies SET settled_at = opened_at, settled_how = 'destroyed' WHERE place = 'prepared'"
  )
  const copies = async () => (await listCopies(centre.pool, { districtCode: '11680', batchId }))[0]?.copies ?? []
  const isOpen = ({ settled }: { settled: unknown }): boolean => settled === null
  // A PC that is on may sign for itself meanwhile.
  for (const { place, ref } of (await copies()).filter(isOpen)) await writeOffCopy(centre, { ...line, place, ref })
  expect((await copies()).filter(isOpen)).toEqual([])
}

type Request = RequestOf<'paper.give'>
const give = (
  { pc }: Person,
  paper: Request['paper'],
  password: string | null = TEST_PASSWORD
): Promise<ReplyOf<'paper.give'>> =>
  pc.service.ask('paper.give', { paper, purpose: '기록관 이관', password }) as Promise<ReplyOf<'paper.give'>>
const certificate = () => ({ kind: 'destruction_certificate', batchId }) as const
const textsOf = ({ parts }: Paper): string[] =>
  parts.flatMap((part) => (part.kind === 'sheet' ? part.rows.flat().map(({ label, text }) => `${label}: ${text}`) : []))

/** By whichever key the centre knows as hers. */
async function checked(file: Uint8Array, { account }: Person): Promise<Statement> {
  const { rows } = await office.centre.centre.pool.query<{ public_key: Uint8Array }>(
    'SELECT public_key FROM signing_keys WHERE account_id = $1',
    [account.id]
  )
  const found = findTrailer(file.subarray(-TAIL_BYTES))
  const [row] = rows
  if (found === null || row === undefined) throw new Error('it is signed, and she has a key')
  const sha256 = hexOf(nodeCipher.sha256(file.subarray(0, file.length - found.length)))
  const deps = { ...nodeCipher, verify: ed25519.verify }
  return expectOk(checkTrailer(deps, { found, sha256, publicKey: row.public_key }))
}

test('a certificate is made of a completed batch alone, by the officer, and says what became of each copy', async () => {
  const officer = await person('privacy_officer')
  expect(await give(officer, certificate())).toEqual(err({ type: 'BatchNotCompleted', state: 'cooling' }))
  await complete()
  expect(await give(officer, certificate())).toMatchObject({ error: { type: 'BatchNotCompleted' } })
  await officer.pc.sync()
  officer.pc.line = 'cut'
  expect(await give(officer, certificate())).toEqual(err({ type: 'CentreUnreachable' }))
  officer.pc.line = 'open'
  const given = expectOk(await give(officer, certificate()))
  const number = '11680-2026-0001'
  expect([given.number, given.name]).toEqual([number, `개인정보 파기 확인서 ${number}.pdf`])
  const paper = readTestPaper(given.content)
  expect(textsOf(paper)).toEqual(expect.arrayContaining([`파기 번호: ${number}`, '파기한 건수: 3건']))
  const copies = paper.parts.flatMap((part) => (part.kind === 'table' ? part.rows : [])).map(([place]) => place)
  expect(copies).toEqual(expect.arrayContaining(['백업', '중앙 서버', '새 PC에 줄 사본']))
  expect(paper.note?.printedBy).toBe(officer.account.displayName)
  expect(await checked(given.content, officer)).toMatchObject({
    ...{ kind: 'destruction_certificate', number },
    signer: officer.account.id
  })
})

test('who may give a paper out is looked at here, whatever the window sends; nobody signs with a wrong password', async () => {
  await complete()
  const [officer, leader, author] = [
    await person('privacy_officer'),
    await person('supervisor'),
    await person('caseworker')
  ]
  const [request, register] = [{ kind: 'destruction_request', batchId }, { kind: 'destruction_register' }] as const
  const notAllowed = err({ type: 'PaperNotAllowed' })
  expect([
    await give(leader, certificate()),
    await give(author, certificate(), null),
    await give(author, register, null),
    await give(officer, certificate(), null),
    await give(author, request)
  ]).toEqual([notAllowed, notAllowed, notAllowed, notAllowed, notAllowed])
  expect(await give(officer, certificate(), 'wrong')).toEqual(err({ type: 'WrongPassword', attemptsLeft: 4 }))
  expect(await acts(officer)).toEqual([])
  expect(await checked(expectOk(await give(leader, register)).content, leader)).toMatchObject({
    kind: 'destruction_register'
  })
  expect(findTrailer(expectOk(await give(author, request, null)).content.subarray(-TAIL_BYTES))).toBeNull()
})

test('each paper that leaves the desk has a line in the access log, with its digest and without a case', async () => {
  const officer = await person('privacy_officer')
  await complete()
  await officer.pc.sync()
  const { content, number } = expectOk(await give(officer, certificate()))
  const printNo = readTestPaper(content).note?.printNo
  const sha256 = hexOf(nodeCipher.sha256(content))
  await expect
    .poll(() => acts(officer))
    .toEqual([
      {
        caseIds: [],
        reason: '기록관 이관',
        detail: { paper: 'destruction_certificate', number, printNo, batchId, sha256 }
      }
    ])
})

/** The lines of papers, as the centre has them. */
async function acts({ account, pc }: Person): Promise<unknown[]> {
  await pc.sync()
  const { rows } = await office.centre.centre.pool.query<{ body: string }>(
    `SELECT body FROM access_lines WHERE body::jsonb->>'accountId' = $1 AND body::jsonb->>'act' = 'print' ORDER BY no`,
    [account.id]
  )
  return rows.map(({ body }) => {
    const { caseIds, reason, detail } = JSON.parse(body)
    return { caseIds, reason, detail }
  })
}
