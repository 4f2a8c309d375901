import { z } from 'zod'
import { accountSchema } from '#shared/domain/account/account.ts'
import { codeNoteSchema } from '#shared/domain/administration/enrolment-code.ts'
import { leaseTermsSchema } from '#shared/domain/administration/lease-terms.ts'
import { MOST_CAPSULE_BYTES } from '#shared/domain/administration/rescue-entry.ts'
import { openReasonSchema } from '#shared/domain/administration/restore-gate.ts'
import { copyPlaceSchema, writeOffReasonSchema } from '#shared/domain/destruction/copy-line.ts'
import { grantGroundsSchema, grantTermsSchema } from '#shared/domain/grant/grant.ts'
import type { GrantProblem } from '#shared/domain/grant/grant-rules.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import { method } from './method.ts'
import type {
  AccountEntry,
  DeviceEntry,
  GrantEntry,
  IssuedCode,
  LeaseTerms,
  LoadEntry,
  OpenCode,
  OpenCopy,
  RescueEntry,
  RestoreGate
} from './office-views.ts'

/** Why something that an administrator asked for was not done. */
export type OfficeFailure =
  | { type: 'NotAdministering' } // her session is over
  | { type: 'CentreUnreachable' }
  | { type: 'CentreBusy'; retryAfterSeconds: number }
  | { type: 'CentreFault' }
  | { type: 'CentreRestoring' }
  | { type: 'ProtocolMismatch' }
  | { type: 'NotThere' } // meanwhile gone, or of another district
  | { type: 'NotAllowed' } // shutting herself out
  /** No capsule or cut; of another centre; not made by the PC that it names; too large. */
  | { type: 'CapsuleRefused'; cause: 'damaged' | 'foreign' | 'forged' | 'too_large' }
  | { type: 'GrantRefused'; cause: GrantProblem }
  /** The centre does not take it: a login that is taken, a password that is too weak. */
  | { type: 'NotTaken'; where: readonly string[] }

const nothing = z.object({})
const deviceTarget = z.object({ deviceId: uuidSchema })
const accountTarget = z.object({ accountId: uuidSchema })
const grantSchema = z.object({ terms: grantTermsSchema, grounds: grantGroundsSchema })
const passwordSchema = z.string().min(1).max(256)

/** What an administrator's window can ask. Each goes to the centre at once; nothing of it is kept on the PC. */
export const OFFICE_METHODS = {
  'office.devices': method(nothing).gives<readonly DeviceEntry[], OfficeFailure>(),
  /** 잠금: shuts a PC out; what lies on it stays, unreadable. */
  'office.revokeDevice': method(deviceTarget).gives<null, OfficeFailure>(),
  /** 원격 삭제: at its next contact the PC hands its unsent work over and deletes what lies on it. */
  'office.wipeDevice': method(deviceTarget).gives<null, OfficeFailure>(),

  'office.openCodes': method(nothing).gives<readonly OpenCode[], OfficeFailure>(),
  'office.issueCode': method(z.object({ note: codeNoteSchema })).gives<IssuedCode, OfficeFailure>(),
  'office.withdrawCode': method(z.object({ codeId: uuidSchema })).gives<null, OfficeFailure>(),

  'office.leaseTerms': method(nothing).gives<LeaseTerms, OfficeFailure>(),
  'office.setLeaseTerms': method(leaseTermsSchema).gives<LeaseTerms, OfficeFailure>(),

  'office.loads': method(nothing).gives<readonly LoadEntry[], OfficeFailure>(),

  'office.rescues': method(nothing).gives<readonly RescueEntry[], OfficeFailure>(),
  /** A capsule that was found on a PC, brought in as a file. */
  'office.bringCapsule': method(
    z.object({ bytes: z.instanceof(Uint8Array).refine(({ byteLength }) => byteLength <= MOST_CAPSULE_BYTES) })
  ).gives<RescueEntry, OfficeFailure>(),
  'office.releaseRescue': method(z.object({ rescueId: uuidSchema })).gives<null, OfficeFailure>(),

  /** 파기 사본: what is open in the ledgers of the district's executed batches. */
  'office.openCopies': method(nothing).gives<readonly OpenCopy[], OfficeFailure>(),
  /** 제외 처리 of a copy that nobody can prove destroyed any more. */
  'office.writeOffCopy': method(
    z.object({ batchId: uuidSchema, place: copyPlaceSchema, ref: uuidSchema, reason: writeOffReasonSchema })
  ).gives<null, OfficeFailure>(),

  'office.restoreGate': method(nothing).gives<RestoreGate, OfficeFailure>(),
  'office.openGate': method(z.object({ reason: openReasonSchema })).gives<null, OfficeFailure>(),

  'office.accounts': method(nothing).gives<readonly AccountEntry[], OfficeFailure>(),
  'office.createAccount': method(
    z.object({
      ...accountSchema.pick({ login: true, displayName: true, department: true, role: true }).shape,
      password: passwordSchema,
      grant: grantSchema
    })
  ).gives<null, OfficeFailure>(),
  'office.unlockAccount': method(accountTarget).gives<null, OfficeFailure>(),
  'office.setPassword': method(accountTarget.extend({ password: passwordSchema })).gives<null, OfficeFailure>(),
  /** 권한 바꾸기, 다시 주기: what is signed in with it ends. */
  'office.changeGrant': method(accountTarget.extend(grantSchema.shape)).gives<null, OfficeFailure>(),
  /** 권한 회수. */
  'office.revokeGrant': method(accountTarget.extend({ grounds: grantGroundsSchema })).gives<null, OfficeFailure>(),
  /** 권한 관리대장, a page of it. */
  'office.grants': method(z.object({ before: z.int().positive().nullable() })).gives<
    { readonly entries: readonly GrantEntry[]; readonly next: number | null },
    OfficeFailure
  >()
} as const
