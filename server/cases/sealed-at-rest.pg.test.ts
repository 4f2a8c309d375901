import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Case, caseSchema } from '#shared/domain/case/case.ts'
import type { Pool } from '../db/pool.ts'
import { openTestCentre, type TestCentre } from '../testing/test-centre.ts'
import { createTestOutbox, pulledCases, push } from '../testing/test-commands.ts'

let server: TestCentre
let stored: Case
let numbersBefore: { registrationNo: string; phone: string }

/** Every text of this case stands nowhere else in the test run, so that a hit is ours. */
const MARKED = {
  loginId: 'zelkova.quartz',
  name: '봉선화담',
  phone: '01098769876',
  email: 'zelkova.quartz@example.kr',
  contactPhone: '0298769876',
  address: {
    postcode: '06987',
    road: '서울특별시 강남구 은행나무별로',
    building: '9871-3',
    detail: '77동 7719호',
    extra: '느티나무가람'
  },
  account: { bankCode: '088', number: '98712398712345', holder: '봉선화담' }
}

const IN_CONFLICT = '01076547654'

beforeAll(async () => {
  server = await openTestCentre()
  const desk = await server.signIn(await server.addAccount())
  const outbox = createTestOutbox(desk)
  const register = outbox.register({ applicantOver: MARKED })
  numbersBefore = register.args.applicant
  const fix = outbox.correct(register.caseId, [{ field: 'applicant.phone', value: '01087658765' }])
  const other = outbox.correct(register.caseId, [{ field: 'applicant.phone', value: IN_CONFLICT }])
  const outcomes = await push(desk, [register, fix, other])
  expect(outcomes.map(({ type }) => type)).toEqual(['Applied', 'Applied', 'Conflict'])
  stored = caseSchema.parse((await pulledCases(desk)).get(register.caseId))
})
afterAll(() => server.close())

const texts = (): string[] => {
  const { applicant, children, helpers, household } = stored
  return [
    ...Object.values(MARKED).filter((value) => typeof value === 'string'),
    MARKED.address.road,
    MARKED.address.detail,
    MARKED.address.extra,
    MARKED.account.number,
    applicant.phone,
    IN_CONFLICT,
    numbersBefore.phone,
    ...[applicant, ...children, ...helpers, ...household].flatMap(({ name, registrationNo }) => [name, registrationNo]),
    ...helpers.map(({ phone }) => phone)
  ].flatMap((text) => text ?? [])
}

/** Each text as PostgreSQL could hold it: as it is, in hexadecimal of a bytea's text form, escaped in JSON. */
const forms = (text: string): Buffer[] => {
  const escaped = [...text].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
  return [Buffer.from(text), Buffer.from(Buffer.from(text).toString('hex')), Buffer.from(escaped)]
}
const readable = (content: Buffer): number[] =>
  texts().flatMap((text, index) => (forms(text).some((form) => content.includes(form)) ? [index] : []))

async function dumpOf(pool: Pool): Promise<Buffer> {
  const { rows } = await pool.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
  )
  const dumps = await Promise.all(
    rows.map(async ({ name }) => (await pool.query(`SELECT t::text AS line FROM "${name}" t`)).rows)
  )
  return Buffer.from(JSON.stringify(dumps))
}

test('the search finds a person wherever she would be readable', () => {
  const [, name = ''] = texts()
  for (const form of forms(name))
    expect(readable(Buffer.concat([Buffer.from('x'), form, Buffer.from('y')]))).toContain(1)
})

test('a dump of the cases database holds no name, number, phone, address or account of anybody', async () => {
  expect(texts().length).toBeGreaterThan(18)
  const dump = await dumpOf(server.centre.pool)
  expect(dump.includes(Buffer.from(stored.id))).toBe(true) // the dump did reach the case
  expect(readable(dump)).toEqual([])
})

test('the keys database holds none either, and no key of a case in clear', async () => {
  const dump = await dumpOf(server.centre.keysPool)
  expect(readable(dump)).toEqual([])
  const keys = await server.centre.keyRing.caseKeys([stored.id])
  const key = Buffer.from(keys.get(stored.id) ?? [])
  expect(key.length).toBe(32)
  expect(dump.includes(Buffer.from(key.toString('hex')))).toBe(false)
})

test('the bytes of both databases and of the write-ahead log hold none', async () => {
  const { pool } = server.centre
  await pool.query('CHECKPOINT')
  const { rows } = await pool.query<{ dir: string }>("SELECT current_setting('data_directory') AS dir")
  const files = readdirSync(rows[0]?.dir ?? '', { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile()
  )
  const contents = files.map((entry) => ({ entry, bytes: readIfThere(path.join(entry.parentPath, entry.name)) }))
  const foldersWithTheCase = contents
    .filter(({ bytes }) => bytes.includes(Buffer.from(stored.id.replaceAll('-', ''), 'hex')))
    .map(({ entry }) => path.basename(path.dirname(entry.parentPath)))
  expect(foldersWithTheCase).toContain('base') // the heap files were really read
  expect(contents.flatMap(({ entry, bytes }) => readable(bytes).map((index) => `${entry.name}: ${index}`))).toEqual([])
})

/** Other tests of the run drop their databases meanwhile. */
function readIfThere(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return Buffer.alloc(0)
    throw fault
  }
}
