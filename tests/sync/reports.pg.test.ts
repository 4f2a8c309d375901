import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readXlsx } from 'hucre'
import { v7 as newUuid } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Account, Role } from '#shared/domain/account/account.ts'
import type { ReportOrder } from '#shared/domain/report/report.ts'
import { expectOk } from '#shared/foundation/result.ts'
import type { ReportEntry, ReportJob } from '#shared/ipc/report-views.ts'
import { findTrailer, TAIL_BYTES } from '#shared/signed-file/layout.ts'
import { checkTrailer } from '#shared/signed-file/signed-file.ts'
import { nodeCipher } from '../../electron/store/keys/node-crypto.ts'
import { ed25519 } from '../../electron/store/keys/sodium.ts'
import { TEST_PASSWORD } from '../../server/testing/test-centre.ts'
import { type Office, type OfficePc, openOffice, until } from './office-with-pcs.ts'

/** A supervisor takes reports out of the office, at a real PC and a real centre. */

let office: Office
let pc: OfficePc
let supervisor: Account
let folder: string
beforeEach(async () => {
  office = await openOffice()
  folder = mkdtempSync(join(tmpdir(), 'mnk-reports-'))
  ;({ pc, account: supervisor } = await person('supervisor'))
})
afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true, force: true })
})

async function person(role: Role): Promise<{ account: Account; pc: OfficePc }> {
  const account = await office.centre.addAccount({ role, districtCode: '11680' })
  const hers = office.pc()
  expectOk(await hers.signIn(account))
  await hers.sync()
  return { account, pc: hers }
}

const orderOf = (over: Partial<ReportOrder> = {}): ReportOrder => ({
  ...{ id: newUuid(), kind: 'access_log', from: '2026-11-23', to: '2026-11-23', scope: { type: 'district' } },
  ...{ purpose: '11월 정기 점검', format: 'xlsx', deleteBy: '2027-11-23' },
  ...over
})
const FILE = (): string => join(folder, '보고서.xlsx')
interface Asked {
  readonly order?: Partial<ReportOrder>
  readonly password?: string
  readonly filePassword?: string | null
}
const start = (at: OfficePc, { order = {}, password = TEST_PASSWORD, filePassword = null }: Asked = {}) => {
  const placeId = newUuid()
  at.service.places.arrived(placeId, { path: FILE(), part: join(folder, `.${placeId}.part`) })
  return at.service.ask('report.start', { placeId, order: orderOf(order), password, filePassword })
}
async function ended(at: OfficePc = pc): Promise<ReportJob> {
  await until(async () => (await at.service.get('report.job', {}))?.state.type !== 'running')
  const job = await at.service.get('report.job', {})
  if (job === null) throw new Error('a report was begun')
  return job
}
async function register(): Promise<readonly ReportEntry[]> {
  return (await pc.service.get('report.list', { before: null, due: false })).reports
}
const sha256 = (bytes: Uint8Array): string => Buffer.from(nodeCipher.sha256(bytes)).toString('hex')

test('a report is a signed workbook with a cover, is in the register with its checksum, and its going out is in the log', async () => {
  expectOk(await start(pc))
  const job = await ended()
  const file = readFileSync(FILE())
  expect(job).toMatchObject({ no: 1, state: { type: 'finished', fileDigest: sha256(file) } })
  const { sheets } = await readXlsx(file)
  expect(sheets.map(({ name }) => name)).toEqual(['표지', '내용'])
  expect(sheets[0]?.rows.slice(0, 7)).toEqual([
    ['보고서', '접속기록 보고서'],
    ['보고서 번호', '11680-R1'],
    ['기관', '서울특별시 강남구'],
    ['기간', '2026. 11. 23. ~ 2026. 11. 23.'],
    ['범위', '서울특별시 강남구 전체'],
    ['목적', '11월 정기 점검'],
    ['작성자', supervisor.displayName]
  ])
  expect(sheets[1]?.rows[1]?.slice(0, 3)).toEqual([
    new Date('2026-11-23T09:00:00.000Z'),
    supervisor.displayName,
    '로그인'
  ])
  const [entry] = await register()
  expect(entry?.end).toMatchObject({
    type: 'finished',
    fileDigest: sha256(file),
    fileBytes: file.length,
    rows: job.rows
  })
  await pc.sync()
  const lines = await pc.service.get('accessLog.lines', {
    ...{ from: '2026-11-23', to: '2026-11-23', accountId: null, deviceId: null, act: 'export_report' as const },
    ...{ caseId: null, before: null }
  })
  expect(lines.lines.map(({ reason, detail }) => [reason, detail.no, detail.kind])).toEqual([
    ['11월 정기 점검', 1, 'access_log']
  ])
})

test('the file alone and the public key show who gave it out; one that was edited after signing fails', async () => {
  expectOk(await start(pc))
  await ended()
  const { rows } = await office.centre.centre.pool.query('SELECT public_key FROM signing_keys')
  const check = (file: Buffer) => {
    const found = findTrailer(file.subarray(-TAIL_BYTES))
    if (found === null) return 'unsigned'
    const about = { found, sha256: sha256(file.subarray(0, -found.length)), publicKey: rows[0].public_key }
    const checked = checkTrailer({ sha256: nodeCipher.sha256, verify: ed25519.verify }, about)
    return checked.ok ? checked.value : checked.error.type
  }
  const file = readFileSync(FILE())
  expect(check(file)).toMatchObject({ kind: 'audit_report', number: '11680-R1', signer: supervisor.id })
  file.writeUInt8((file[100] ?? 0) ^ 1, 100)
  expect(check(file)).toBe('FileAltered')
})

test('an encrypted report opens with its password alone; the register has the checksum of the file as it lies there', async () => {
  expectOk(
    await start(pc, {
      order: { format: 'xlsx_encrypted', kind: 'grants', from: '2020-01-01' },
      filePassword: '파일-비밀번호-11'
    })
  )
  const job = await ended()
  const file = readFileSync(FILE())
  expect(job.state).toEqual({ type: 'finished', fileDigest: sha256(file) })
  await expect(readXlsx(file)).rejects.toThrow()
  const { sheets } = await readXlsx(file, { password: '파일-비밀번호-11' })
  expect(sheets[1]?.rows.length).toBe(1 + job.rows)
})

test('a report on paper has the cover, the counts and its first rows, is signed, and says what it leaves out', async () => {
  expectOk(await start(pc, { order: { format: 'pdf' } }))
  const job = await ended()
  expect(job.state.type).toBe('finished')
  const file = readFileSync(FILE())
  const found = findTrailer(file.subarray(-TAIL_BYTES))
  expect(found).toMatchObject({ format: 'pdf', trailer: { kind: 'audit_report', number: '11680-R1' } })
  const text = file.toString()
  for (const told of [
    '접속기록 보고서',
    '11월 정기 점검',
    '구분별 건수',
    '로그인',
    '모든 항목은 엑셀 파일에 있습니다'
  ]) {
    expect(text).toContain(told)
  }
})

test('the command checks a report by its file and her key alone, an encrypted one with its password', async () => {
  const order = { format: 'xlsx_encrypted', kind: 'grants', from: '2020-01-01' } as const
  expectOk(await start(pc, { order, filePassword: '파일-비밀번호-11' }))
  await ended()
  const { rows } = await office.centre.centre.pool.query('SELECT public_key FROM signing_keys')
  writeFileSync(join(folder, 'key.txt'), Buffer.from(rows[0].public_key).toString('base64'))
  const verify = (password: string) =>
    spawnSync(process.execPath, [
      'server/file-verify.ts',
      FILE(),
      '--key',
      join(folder, 'key.txt'),
      '--password',
      password
    ])
  const whole = verify('파일-비밀번호-11')
  expect([whole.status, String(whole.stdout)]).toEqual([
    0,
    expect.stringContaining('점검 보고서 (audit report) 11680-R1')
  ])
  expect(String(whole.stdout)).toContain(`SHA-256: ${sha256(readFileSync(FILE()))}`)
  expect(verify('다른-비밀번호-11').status).toBe(1)
  const file = readFileSync(FILE())
  file.writeUInt8((file[5_000] ?? 0) ^ 1, 5_000)
  writeFileSync(FILE(), file)
  expect(verify('파일-비밀번호-11').status).toBe(1)
})

test('a caseworker, a wrong password and a second report at once take no number, and leave no file', async () => {
  const worker = await person('caseworker')
  expect(await start(worker.pc)).toEqual({ ok: false, error: { type: 'RoleNotAllowed' } })
  expect(await start(pc, { password: 'wrong' })).toMatchObject({ error: { type: 'WrongPassword' } })
  expect(await start(pc, { order: { deleteBy: '2026-11-23' } })).toEqual({ ok: false, error: { type: 'KeptTooLong' } })
  expect(await register()).toEqual([])
  let letGo: () => void = () => undefined
  pc.carry = (url, send) => (url.endsWith('/lines') ? new Promise((go) => (letGo = () => go(send()))) : send())
  expectOk(await start(pc))
  expect(await start(pc)).toEqual({ ok: false, error: { type: 'ReportRunning' } })
  letGo()
  await ended()
  expect((await register()).map(({ no }) => no)).toEqual([1])
})

/** Gives the beginning of what the centre sends and then waits, as a slow line does, until it is let go. */
function slowly(): { readonly cut: () => void } {
  let cut: () => void = () => undefined
  pc.carry = async (url, send) => {
    if (!url.endsWith('/lines')) return send()
    const whole = Buffer.from(await (await send()).arrayBuffer())
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(whole.subarray(0, whole.indexOf('\n') + 40))
        cut = () => controller.close()
      }
    })
    return new Response(body)
  }
  return { cut: () => cut() }
}

test('a report that is called off, or whose line is cut, leaves no half file; what stood there stays, and so does its number', async () => {
  writeFileSync(FILE(), 'hers')
  const line = slowly()
  expectOk(await start(pc))
  await pc.service.get('report.cancel', {})
  line.cut()
  expect((await ended()).state).toEqual({ type: 'cancelled' })
  expectOk(await start(pc))
  await until(async () => readdirSync(folder).length === 2)
  line.cut()
  expect((await ended()).state).toEqual({ type: 'failed', trouble: 'line_cut' })
  expect([readdirSync(folder), readFileSync(FILE(), 'utf8')]).toEqual([['보고서.xlsx'], 'hers'])
  await until(async () => (await register()).every(({ end }) => end.type === 'cancelled'))
  expect((await register()).map(({ no, end }) => [no, end.type])).toEqual([
    [2, 'cancelled'],
    [1, 'cancelled']
  ])
})

test('a desk that is locked in the middle writes no further, and nothing of the file is left', async () => {
  const line = slowly()
  expectOk(await start(pc))
  await until(async () => readdirSync(folder).length === 1)
  await pc.lock()
  line.cut()
  await until(async () => readdirSync(folder).length === 0)
})

test('a place that does not take the file in the end has none, and the register says so', async () => {
  mkdirSync(join(FILE(), 'a folder of this name'), { recursive: true })
  expectOk(await start(pc))
  expect((await ended()).state).toEqual({ type: 'failed', trouble: 'place' })
  expect(readdirSync(folder)).toEqual(['보고서.xlsx'])
  expect((await register())[0]?.deleted?.how).toBe('다 만들었으나 고른 자리에 저장하지 못해 남기지 않음')
})

test('what the centre sent altered on the way is no report', async () => {
  pc.carry = async (url, send) => {
    if (!url.endsWith('/lines')) return send()
    const text = await (await send()).text()
    return new Response(text.replace('"sign_in"', '"lock"'))
  }
  expectOk(await start(pc))
  expect((await ended()).state).toEqual({ type: 'failed', trouble: 'line_cut' })
  expect(existsSync(FILE())).toBe(false)
})

test('a file whose day has come is told of until somebody records that it is deleted', async () => {
  expectOk(await start(pc, { order: { deleteBy: '2026-11-24' } }))
  await ended()
  const due = async () => (await pc.service.get('report.list', { before: null, due: true })).reports
  expect(await due()).toEqual([])
  office.pass(86_400_000)
  expectOk(await pc.signIn(supervisor))
  const [report] = await due()
  if (report === undefined) throw new Error('it is due')
  await pc.service.get('report.noteDeleted', { reportId: report.id, how: '공유 폴더와 휴지통에서 지움' })
  expect(await due()).toEqual([])
  expect((await register())[0]?.deleted).toMatchObject({ by: supervisor.id, how: '공유 폴더와 휴지통에서 지움' })
})
