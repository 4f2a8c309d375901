import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Account, Role } from '#shared/domain/account/account.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { expectOk } from '#shared/foundation/result.ts'
import type { ReplyOf, ValueOf } from '#shared/ipc/contract.ts'
import { readKeyring } from '../../electron/store/keys/keyring-file.ts'
import { TestService } from '../../electron/store/testing/test-service.ts'
import { signIn } from '../../server/accounts/sign-in.ts'
import type { CentreOptions } from '../../server/centre.ts'
import { signInPayload, TEST_PASSWORD, type TestDesk } from '../../server/testing/test-centre.ts'
import { openSyncFixture, type SyncFixture } from './sync-fixture.ts'

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS
const DISTRICT = '11680'

/** `deaf`: a request goes through and its answer is lost. */
export type LineState = 'open' | 'cut' | 'deaf'

/** A PC of the office with a clock and a line of its own. */
export interface OfficePc {
  readonly service: TestService
  line: LineState
  /** Loses the answer to requests of this path only. */
  deafTo: string | null
  /** Carries a request to the centre; a test may let it wait on either way. */
  carry: (url: string, send: () => Promise<Response>) => Promise<Response>
  /** How far its clock is ahead of the centre's. */
  clockAheadMs: number
  signIn(account: Account, enrolmentCode?: string): Promise<ReplyOf<'session.signIn'>>
  unlock(account: Account): Promise<ReplyOf<'session.unlock'>>
  lock(): Promise<unknown>
  view(): Promise<ValueOf<'session.current'>>
  sync(): Promise<ValueOf<'sync.now'>>
  register(name: string): Promise<string>
  names(): Promise<string[]>
  deviceId(): string
  file(name: string): string
  /** Everything that lies in the PC's data folder. */
  files(): string[]
  hasStoreBytes(): boolean
}

export interface Office extends SyncFixture {
  readonly accounts: { readonly first: Account; readonly second: Account }
  readonly admin: TestDesk
  /** Lets time pass at the centre and on every PC. */
  pass(ms: number): void
  pc(): OfficePc
  /** Names of the applicants of the commands that the centre has applied, in its order; each once. */
  appliedNames(): Promise<string[]>
  revoke(pc: OfficePc): Promise<void>
  orderWipe(pc: OfficePc): Promise<void>
  device(pc: OfficePc): Promise<Record<string, unknown> | undefined>
  close(): Promise<void>
}

/** A real centre and PCs with real stores, whose clocks go together until a test says otherwise. */
export async function openOffice(over: Partial<CentreOptions> = {}): Promise<Office> {
  let clock = Date.parse('2026-11-23T00:00:00.000Z')
  const now = () => new Date(clock).toISOString()
  const fixture = await openSyncFixture({ now, ...over })
  const { centre } = fixture
  const accounts = {
    first: await centre.addAccount({ districtCode: DISTRICT }),
    second: await centre.addAccount({ districtCode: DISTRICT })
  }
  const adminAccount = await centre.addAccount({ districtCode: DISTRICT, role: 'administrator' })
  let admin = await centre.signIn(adminAccount)
  const services: TestService[] = []
  const order = async (pc: OfficePc, path: 'revoke' | 'wipe') => {
    admin = await centre.signIn(adminAccount) // her pass ends while time is let pass
    const response = await admin.call({ method: 'POST', url: `/v1/admin/devices/${pc.deviceId()}/${path}` })
    if (response.statusCode !== 204) throw new Error(`${path} answered ${response.statusCode}`)
  }
  return {
    ...fixture,
    accounts,
    admin,
    pass: (ms) => {
      clock += ms
    },
    pc: () => {
      const pc = createPc(fixture.url, () => clock)
      services.push(pc.service)
      return pc
    },
    appliedNames: async () => {
      const { login } = await centre.addAccount({ districtCode: DISTRICT })
      const { token } = expectOk(await signIn({ ...centre.centre, enrolment: 'open' }, signInPayload({ login })))
      const headers = { authorization: `Bearer ${token}` }
      const lines = (await centre.call({ url: '/v1/changes?cursor=0', headers })).body.trimEnd().split('\n')
      const names = lines.map((line) => JSON.parse(line)).filter(({ type }) => type === 'case')
      return names.map(({ record }) => record.case.applicant.name)
    },
    revoke: (pc) => order(pc, 'revoke'),
    orderWipe: (pc) => order(pc, 'wipe'),
    device: async (pc) => {
      admin = await centre.signIn(adminAccount)
      const { devices } = (await admin.call({ method: 'GET', url: '/v1/admin/devices' })).json() as {
        devices: Array<Record<string, unknown>>
      }
      return devices.find(({ id }) => id === pc.deviceId())
    },
    close: async () => {
      const faults = services.flatMap((service) => service.faults)
      for (const service of services) await service.remove()
      await fixture.close()
      if (faults.length > 0) throw new Error(`faults of the program: ${JSON.stringify(faults)}`)
    }
  }
}

function createPc(serverUrl: string, clock: () => number): OfficePc {
  let knownId = ''
  const dials: Pick<OfficePc, 'line' | 'deafTo' | 'carry' | 'clockAheadMs'> = {
    line: 'open',
    deafTo: null,
    carry: (_url, send) => send(),
    clockAheadMs: 0
  }
  const overLine: typeof globalThis.fetch = async (input, init) => {
    if (dials.line === 'cut') throw new TypeError('the line is cut')
    const response = await dials.carry(String(input), () => fetch(input, init))
    const isLost = dials.line === 'deaf' || (dials.deafTo !== null && String(input).endsWith(dials.deafTo))
    if (!isLost) return response
    await response.body?.cancel()
    throw new TypeError('the answer is lost')
  }
  const service = new TestService({
    fetch: overLine,
    now: () => new Date(clock() + dials.clockAheadMs).toISOString()
  })
  const file = (name: string) => join(service.dataDir, 'stores', DISTRICT, name)
  const pc: OfficePc = Object.assign(dials, {
    service,
    file,
    signIn: async ({ login }, enrolmentCode) =>
      (await service.ask('session.signIn', {
        serverUrl,
        login,
        password: TEST_PASSWORD,
        ...(enrolmentCode !== undefined && { enrolmentCode })
      })) as ReplyOf<'session.signIn'>,
    unlock: async ({ login }) =>
      (await service.ask('session.unlock', { login, password: TEST_PASSWORD })) as ReplyOf<'session.unlock'>,
    lock: () => service.get('session.lock', { cause: 'asked' }),
    view: () => service.get('session.current', {}),
    sync: () => service.get('sync.now', {}),
    register: async (name) => {
      const sample = sampleIntake()
      const args = { ...sample, applicant: { ...sample.applicant, name } }
      const intent = { name: 'case.register', args } as const
      return (await service.get('command.run', { caseId: null, base: {}, draftId: null, intent })).caseId
    },
    names: async () => {
      const filter = { service: null, state: null, dongCode: null, dueUntil: null, mineOnly: false }
      const sort = { column: 'applicantName', descending: false } as const
      const page = await service.get('case.list', { filter, sort, from: { at: 'first' } })
      return page.rows.map(({ applicantName }) => applicantName)
    },
    deviceId: () => {
      const keyring = readKeyring(file('keyring.json'))
      if (keyring.ok) knownId = keyring.value.deviceId
      return knownId
    },
    files: () =>
      readdirSync(service.dataDir, { recursive: true, encoding: 'utf8' }).filter((name) =>
        statSync(join(service.dataDir, name)).isFile()
      ),
    hasStoreBytes: () => pc.files().some((name) => /store\.db|keyring\.json/.test(name)) || existsSync(file('store.db'))
  } satisfies Omit<OfficePc, keyof typeof dials>)
  return pc
}

/** Until it is so; what begins by itself begins within a second. */
export async function until(isSo: () => Promise<boolean>, mostMs = 15_000): Promise<void> {
  const end = performance.now() + mostMs
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error('it did not come to pass')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

export interface Person {
  readonly account: Account
  readonly pc: OfficePc
}

/** Somebody of the district who works at a PC of her own, and has received what is hers. */
export async function personAt(office: Office, role: Role): Promise<Person> {
  const account = await office.centre.addAccount({ role, districtCode: '11680' })
  const pc = office.pc()
  expectOk(await pc.signIn(account))
  await pc.sync()
  return { account, pc }
}
