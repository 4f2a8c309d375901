import { z } from 'zod'
import { baseSchema, intentSchema } from '#shared/commands/command.ts'
import type { Refusal } from '#shared/commands/refusal.ts'
import { caseStateSchema } from '#shared/domain/case/case-state.ts'
import { serviceCodeSchema } from '#shared/domain/case/service.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { dateSchema, dongCodeSchema, uuidSchema } from '#shared/foundation/primitives.ts'
import type { Result } from '#shared/foundation/result.ts'
import { ACCESS_LOG_METHODS } from './access-log-methods.ts'
import { CONFLICT_METHODS } from './conflict-methods.ts'
import { CONSENT_STATUS_METHODS } from './consent-methods.ts'
import { DESTRUCTION_METHODS } from './destruction-methods.ts'
import { DOCUMENT_METHODS } from './document-methods.ts'
import { DOWNLOAD_METHODS } from './download-methods.ts'
import { MOST_IDLE_MINUTES } from './limits.ts'
import type { Locked } from './locked.ts'
import { method } from './method.ts'
import { OFFICE_METHODS } from './office-methods.ts'
import { OUTBOX_METHODS } from './outbox-methods.ts'
import { PAPER_METHODS } from './paper-methods.ts'
import { PROVISION_METHODS } from './provision-methods.ts'
import { QUARANTINE_METHODS } from './quarantine-methods.ts'
import { reasonSchema } from './reason.ts'
import { REPORT_METHODS } from './report-methods.ts'
import { RETENTION_METHODS } from './retention-methods.ts'
import {
  type CasePage,
  type CaseView,
  type DraftSummary,
  type SearchPage,
  type SessionView,
  type SyncStatus,
  type TodayView,
  UNMASKABLE
} from './views.ts'

/** Everything that the window can ask of the store, in one place. The store parses every request with its schema. */

export const SORT_COLUMNS = [
  'applicationNo',
  'applicantName',
  'service',
  'dongCode',
  'state',
  'appliedOn',
  'dueOn'
] as const
export type SortColumn = (typeof SORT_COLUMNS)[number]

export const caseFilterSchema = z.object({
  service: serviceCodeSchema.nullable(),
  state: caseStateSchema.nullable(),
  dongCode: dongCodeSchema.nullable(),
  /** Only cases due on or before this day (overdue ones included). */
  dueUntil: dateSchema.nullable(),
  /** Only cases assigned to the signed-in account. */
  mineOnly: z.boolean()
})
export type CaseFilter = z.infer<typeof caseFilterSchema>

export const PAGE_ROWS = 50

export const caseListRequestSchema = z.object({
  filter: caseFilterSchema,
  sort: z.object({ column: z.enum(SORT_COLUMNS), descending: z.boolean() }),
  /** Where to go on from: `next` or `previous` of a page, or an end of the list. */
  from: z.discriminatedUnion('at', [
    z.object({ at: z.literal('first') }),
    z.object({ at: z.literal('last') }),
    z.object({ at: z.literal('place'), place: z.string().max(2000) })
  ])
})
export type CaseListRequest = z.infer<typeof caseListRequestSchema>

const nothing = z.object({})

export type SignInFailure =
  | { type: 'WrongPassword'; attemptsLeft: number }
  | { type: 'AccountLocked' }
  | { type: 'UnknownAccount' }
  | { type: 'GrantOver' } // her rights ended, or have not begun
  | { type: 'CentreUnreachable' }
  | { type: 'CentreNotTrusted' } // plain http to another machine
  | { type: 'CentreFault' }
  | { type: 'CentreRestoring' } // it takes back what a backup lacked
  | { type: 'ProtocolMismatch' }
  | { type: 'DeviceRevoked' }
  | { type: 'DeviceWipeOrdered' } // the data on this PC has just been deleted; the session view says what became of it
  | { type: 'EnrolmentNeeded' } // the centre does not know this PC: ask for a code and sign in again with it
  | { type: 'EnrolmentCodeWrong'; attemptsLeft: number }
  | { type: 'LeaseOver' } // this PC has been away for too long: sign in online
  | { type: 'ColleagueFirst' } // the centre was set back, and only who has worked here opens the store
  | { type: 'OtherDistrict' } // this PC's store belongs to another district's accounts
  | { type: 'StoreUnusable' } // the session view says what is wrong

export const CONTRACT = {
  'app.info': method(nothing).gives<{
    version: string
    electron: string
    node: string
    serverUrl: string | null
    demo: boolean
  }>(),

  'session.current': method(nothing).gives<SessionView>(),
  /** Online: the first sign-in of an account on this PC, or after a lock-out; an administrator always. */
  'session.signIn': method(
    z.object({
      serverUrl: z.url(),
      login: z.string().trim().min(1).max(64),
      password: z.string().min(1).max(256),
      enrolmentCode: z.string().trim().min(1).max(20).optional()
    })
  ).gives<SessionView, SignInFailure>(),
  /** Offline: an account that has signed in here before. */
  'session.unlock': method(z.object({ login: z.string().min(1).max(64), password: z.string().min(1).max(256) })).gives<
    SessionView,
    SignInFailure
  >(),
  'session.lock': method(z.object({ cause: z.enum(['idle', 'asked']) })).gives<SessionView>(),
  /** The person is there: restarts the idle clock, which runs in the store. */
  'session.touch': method(nothing).gives<{ locksAt: string }, Locked>(),
  /** Sets a broken store aside, after rescuing what was not sent, and starts afresh from the centre. */
  'store.startAfresh': method(nothing).gives<SessionView, { type: 'DiskFull' }>(),

  'case.list': method(caseListRequestSchema).gives<CasePage, Locked | { type: 'PlaceUnreadable' }>(),
  'case.search': method(z.object({ text: z.string().max(100), limit: z.int().min(1).max(50) })).gives<
    SearchPage,
    Locked
  >(),
  'case.open': method(z.object({ caseId: uuidSchema })).gives<CaseView, Locked | { type: 'CaseNotFound' }>(),
  /** The masked summary beside the list; recorded as a view. */
  'case.preview': method(z.object({ caseId: uuidSchema })).gives<CaseView, Locked | { type: 'CaseNotFound' }>(),
  'case.unmask': method(
    z.object({ caseId: uuidSchema, field: z.enum(UNMASKABLE), index: z.int().min(0).max(20), reason: reasonSchema })
  ).gives<{ text: string }, Locked | { type: 'CaseNotFound' | 'NotGranted' }>(),
  /** The rows of the list as text for a spreadsheet; recorded with its purpose. */
  'case.copyList': method(
    caseListRequestSchema.pick({ filter: true, sort: true }).extend({ purpose: reasonSchema })
  ).gives<{ text: string; rows: number }, Locked>(),
  'case.today': method(z.object({ today: dateSchema })).gives<TodayView, Locked>(),

  /** The one way in for changes. `caseId` is null for an intake, which takes its draft's id; `base` is what the form was opened with. */
  'command.run': method(
    z.object({ caseId: uuidSchema.nullable(), base: baseSchema, intent: intentSchema, draftId: uuidSchema.nullable() })
  ).gives<
    { caseId: string; applicationNo: string },
    Locked | { type: 'Refused'; refusal: Refusal } | { type: 'DiskFull' }
  >(),

  ...OUTBOX_METHODS,
  ...DOCUMENT_METHODS,
  ...CONFLICT_METHODS,
  ...QUARANTINE_METHODS,
  ...DESTRUCTION_METHODS,
  ...PAPER_METHODS,
  ...ACCESS_LOG_METHODS,
  ...REPORT_METHODS,
  ...RETENTION_METHODS,
  ...PROVISION_METHODS,
  ...CONSENT_STATUS_METHODS,

  'draft.list': method(nothing).gives<readonly DraftSummary[], Locked>(),
  'draft.load': method(z.object({ id: uuidSchema })).gives<{ body: unknown } | null, Locked>(),
  /** What is typed so far; written to the encrypted file at once. */
  'draft.save': method(
    z.object({
      id: uuidSchema,
      kind: z.enum(['intake', 'correction']),
      caseId: uuidSchema.nullable(),
      title: z.string().max(60),
      body: z.json()
    })
  ).gives<null, Locked | { type: 'DiskFull' }>(),
  'draft.discard': method(z.object({ id: uuidSchema })).gives<null, Locked>(),

  /** The district's officials: display names by account id. */
  'staff.names': method(nothing).gives<Readonly<Record<string, string>>, Locked>(),

  'sync.status': method(nothing).gives<SyncStatus, Locked>(),
  'sync.now': method(nothing).gives<SyncStatus, Locked>(),
  ...DOWNLOAD_METHODS,

  /** Every version of the policy register that this desk holds, newest first. */
  'policy.versions': method(nothing).gives<readonly PolicyRegister[]>(),

  'settings.get': method(nothing).gives<Settings>(),
  'settings.set': method(
    z.object({
      locale: z.enum(['ko', 'en']).optional(),
      contrast: z.enum(['light', 'high']).optional(),
      locksAfterMinutes: z.int().min(1).max(MOST_IDLE_MINUTES).optional()
    })
  ).gives<Settings>(),

  ...OFFICE_METHODS
} as const

export interface Settings {
  readonly locale: 'ko' | 'en'
  readonly contrast: 'light' | 'high'
  readonly locksAfterMinutes: number
}

export type { Locked } from './locked.ts'

/** Refused at the door, before any handler. */
export type DoorRefusal =
  | { type: 'UnknownMethod' }
  | { type: 'RequestUnreadable'; where: readonly string[] }
  /** The handler threw: a fault of the program. `faultId` is in the log. */
  | { type: 'StoreFault'; faultId: string }

export type Contract = typeof CONTRACT
export type MethodName = keyof Contract
export type RequestOf<M extends MethodName> = z.input<Contract[M]['request']>
export type ParsedRequestOf<M extends MethodName> = z.output<Contract[M]['request']>
export type ValueOf<M extends MethodName> = NonNullable<Contract[M]['value']> | Extract<Contract[M]['value'], null>
export type FailureOf<M extends MethodName> = NonNullable<Contract[M]['failure']> | DoorRefusal
export type ReplyOf<M extends MethodName> = Result<ValueOf<M>, FailureOf<M>>

/** What the store tells the window unasked. */
export type StoreEvent =
  | { event: 'sessionChanged'; session: SessionView }
  | { event: 'idleWarning'; locksAt: string }
  | { event: 'syncChanged'; status: SyncStatus }
  /** null: too many to name; everything may have changed. */
  | { event: 'casesChanged'; caseIds: readonly string[] | null }
  | { event: 'batchesChanged' }
  | { event: 'provisionsChanged' }
  | { event: 'staffChanged' }

export const portRequestSchema = z.object({ id: z.int().positive(), method: z.string().max(60), request: z.unknown() })
export type PortRequest = z.infer<typeof portRequestSchema>
export type PortMessage = { id: number; reply: Result<unknown, { type: string }> } | StoreEvent

/** `name`: what the dialog proposes. It holds nothing of a citizen. */
export interface FileToSave {
  readonly name: string
  readonly content: Uint8Array
}
export type SaveOutcome = 'saved' | 'cancelled' | 'failed'

/** What the preload puts on `window.desk`. */
export interface DeskBridge {
  /** Answers with a window message `{ type: 'store-port' }` that carries the port. */
  connectStore(): void
  /** Tells main that something is on the screen: used to measure the start. */
  markReady(name: 'first-paint' | 'first-list'): void
  /** Puts text on the clipboard of the system. */
  copyText(text: string): void
  /** Zoom of the window in per cent, 50 to 300. */
  setZoom(percent: number): void
  /** Asks where to, and writes the file there. */
  saveFile(file: FileToSave): Promise<SaveOutcome>
  /** Asks where a file that the store writes is to go. null: called off, or it cannot be there. */
  choosePlace(name: string): Promise<{ readonly placeId: string } | null>
}
