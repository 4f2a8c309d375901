import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCaseGenerator, demoStaffIds } from '#shared/domain/demo/case-generator.ts'
import { createTestDatabases, type TestDatabases } from '../../tests/helpers/postgres.ts'
import { intoCentre, type StaffByDistrict } from './into-centre.ts'

const OFFICIAL = '01935a00-0000-7000-8000-00000000000a'
const COUNT = 40

let databases: TestDatabases
let client: Client

beforeAll(async () => {
  databases = await createTestDatabases()
  client = new Client({ connectionString: databases.casesUrl })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await databases.drop()
})

const put = (seed: number, districtCode: string) =>
  intoCentre({
    url: databases.casesUrl,
    dataDir: null,
    env: {
      KEYS_DATABASE_URL: databases.keysUrl,
      MNK_MASTER_KEY: Buffer.alloc(32, 7).toString('base64')
    },
    records: (staff) => madeCases({ seed, districtCode, staff })
  })

function* madeCases(wish: { seed: number; districtCode: string; staff: StaffByDistrict }) {
  const make = createCaseGenerator({
    seed: wish.seed,
    today: '2026-11-23',
    count: COUNT,
    districtCodes: [wish.districtCode],
    staffOf: (code) => wish.staff.get(code) ?? demoStaffIds(code)
  })
  for (let index = 0; index < COUNT; index += 1) yield make(index)
}

const assigneesOf = async (districtCode: string): Promise<string[]> => {
  const { rows } = await client.query<{ assignee_id: string }>(
    'SELECT DISTINCT assignee_id FROM cases WHERE district_code = $1 AND assignee_id IS NOT NULL',
    [districtCode]
  )
  return rows.map((row) => row.assignee_id)
}

test('an empty centre is made ready and filled, and each case has a number of its own', async () => {
  expect(await put(1, '11440')).toEqual({ ok: true, value: COUNT })
  const { rows } = await client.query(
    'SELECT count(*)::int AS cases, count(DISTINCT application_no)::int AS numbers FROM cases'
  )
  expect(rows).toEqual([{ cases: COUNT, numbers: COUNT }])
})

test('cases are in the hands of the officials that the centre has', async () => {
  await client.query(
    `INSERT INTO accounts (id, login, display_name, department, role, district_code, password_hash, created_at, grant_since, grant_starts)
     VALUES ($1, 'gangnam.one', '강하나', '가족정책과', 'caseworker', '11680', '-', now(), now(), '2026-01-01')`,
    [OFFICIAL]
  )
  expect(await put(2, '11680')).toEqual({ ok: true, value: COUNT })
  expect(await assigneesOf('11680')).toEqual([OFFICIAL])
})

test('the same seed is not put in twice', async () => {
  expect(await put(2, '11680')).toEqual({ ok: false, error: { type: 'CasesAlreadyThere' } })
  const { rows } = await client.query('SELECT count(*)::int AS cases FROM cases')
  expect(rows).toEqual([{ cases: 2 * COUNT }])
})

test('a centre whose keys have no database of their own is refused with words', async () => {
  const refused = await intoCentre({
    url: databases.casesUrl,
    dataDir: null,
    env: {},
    records: () => []
  })
  expect(refused).toMatchObject({ ok: false, error: { type: 'ConfigInvalid' } })
})

test('a database that nobody answers for and a key of another centre are told apart', async () => {
  const nobody = 'postgres://nobody@127.0.0.1:1/none'
  const masterKey = (byte: number) => Buffer.alloc(32, byte).toString('base64')
  const put = (url: string, env: NodeJS.ProcessEnv) => intoCentre({ url, dataDir: null, env, records: () => [] })
  expect(await put(nobody, { KEYS_DATABASE_URL: `${nobody}_keys`, MNK_MASTER_KEY: masterKey(7) })).toEqual({
    ok: false,
    error: { type: 'CentreUnreachable', code: 'ECONNREFUSED' }
  })
  expect(await put(databases.casesUrl, { KEYS_DATABASE_URL: databases.keysUrl, MNK_MASTER_KEY: masterKey(8) })).toEqual(
    { ok: false, error: { type: 'CentreKeysWrong' } }
  )
})
