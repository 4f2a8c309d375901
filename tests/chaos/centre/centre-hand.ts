import { v7 as newUuid } from 'uuid'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { redact } from '#shared/foundation/redacted.ts'
import { expectOk } from '#shared/foundation/result.ts'
import type { PullLine } from '#shared/sync-protocol/pull.ts'
import type { PushOutcome } from '#shared/sync-protocol/push.ts'
import { createAccount } from '../../../server/accounts/accounts.ts'
import { issueCode } from '../../../server/accounts/enrolment-codes.ts'
import { createPasswordHasher } from '../../../server/accounts/password.ts'
import { type Centre, openCentre } from '../../../server/centre.ts'
import { changeStream } from '../../../server/sync/change-stream.ts'
import { type BurialReason, createOfficerHand, type OfficerHand, PASSWORD } from './officer-hand.ts'

/** The operator at the centre's databases, beside the running server: makes accounts and reads what the centre holds. */
export interface CentreHand extends OfficerHand {
  readonly centre: Centre
  close(): Promise<void>
  addCaseworker(account: { login: string; districtCode: string }): Promise<void>
  /** A one-time code with which a PC is taken into the district. */
  enrolmentCode(districtCode: string): Promise<string>
  commands(): Promise<CentreCommand[]>
  /** Every case of the district as a desk would receive it that has nothing yet, and where the stream ends. */
  recordsOf(districtCode: string): Promise<{ records: CaseRecord[]; cursor: number }>
}

/** A line of the centre's history. */
export interface CentreCommand {
  readonly id: string
  readonly deviceId: string
  /** null: of a document that was handed over before it had one. */
  readonly deviceSeq: number | null
  /** null: it could not be read. */
  readonly name: string | null
  readonly caseId: string | null
  readonly issuedBy: string | null
  readonly issuedAt: string | null
  readonly outcome: PushOutcome
  /** It came back after a restore when others of its case had been done again, and was done again on top of them. */
  readonly cameLate: boolean
}

/** Its effect is in a case. */
export const isDone = ({ outcome }: Pick<CentreCommand, 'outcome'>): boolean => 'rev' in outcome

export { type BurialReason, PASSWORD }

const CHEAP = { memoryKib: 64, passes: 1, lanes: 1 }

export async function openCentreHand(options: {
  casesUrl: string
  keysUrl: string
  masterKey: Uint8Array
}): Promise<CentreHand> {
  const centre = await openCentre({
    databaseUrl: options.casesUrl,
    keysDatabaseUrl: options.keysUrl,
    masterKey: redact(options.masterKey),
    now: () => new Date().toISOString(),
    newId: () => newUuid(),
    onFault: () => undefined, // its connections break whenever the databases are put back
    hasher: createPasswordHasher({ cost: CHEAP }),
    poolSize: 3
  })
  return {
    centre,
    addCaseworker: async ({ login, districtCode }) => {
      const account = {
        login,
        districtCode,
        displayName: '담당자',
        department: '가족정책과',
        role: 'caseworker'
      } as const
      expectOk(await createAccount(centre, { ...account, password: PASSWORD }))
    },
    enrolmentCode: async (districtCode) => (await issueCode(centre, { districtCode, note: '', issuedBy: null })).code,
    commands: async () => {
      const { rows } = await centre.pool.query<CentreCommand>(
        `SELECT id, device_id AS "deviceId", device_seq AS "deviceSeq", name, case_id AS "caseId", issued_by AS "issuedBy",
           issued_at AS "issuedAt", outcome,
           EXISTS (SELECT 1 FROM redone_cases r JOIN commands o ON o.case_id = r.case_id AND o.given_back = r.generation
             WHERE r.case_id = c.case_id AND r.generation = c.given_back AND (c.outcome->>'rev')::integer > r.rev
               AND o.redone_at < c.redone_at) AS "cameLate"
         FROM commands c ORDER BY device_id, device_seq, received_at`
      )
      return rows
    },
    recordsOf: (districtCode) => readStream(centre, districtCode),
    ...createOfficerHand(centre),
    close: async () => {
      await centre.drain()
      await centre.close()
    }
  }
}

const NO_DESK = '00000000-0000-7000-8000-000000000000'

async function readStream(centre: Centre, districtCode: string): Promise<{ records: CaseRecord[]; cursor: number }> {
  const parts: Uint8Array[] = []
  for await (const part of changeStream(centre, { districtCode, deviceId: NO_DESK, cursor: 0, limit: 1_000_000 })) {
    parts.push(part)
  }
  const text = Buffer.concat(parts).toString('utf8')
  const lines = text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as PullLine]))
  const end = lines.at(-1)
  return {
    records: lines.flatMap((line) => (line.type === 'case' ? [line.record] : [])),
    cursor: end?.type === 'end' ? end.cursor : 0
  }
}
