import type { MethodName } from '#shared/ipc/contract.ts'
import type { Fault } from '../../../electron/store/port/fault-log.ts'
import type { DeskPoint } from '../plan/step.ts'
import type { DeskAudit } from './desk-audit.ts'

/** What the driver says to a desk's process, and what it hears. */
export type ToDesk =
  | { readonly type: 'start'; readonly start: DeskStart }
  | { readonly type: 'ask'; readonly id: number; readonly method: MethodName; readonly request: unknown }
  | { readonly type: 'audit'; readonly id: number; readonly markers: readonly string[] }
  | { readonly type: 'meddle'; readonly id: number; readonly sql: string }
  | { readonly type: 'secret'; readonly deviceSecret: string }
  | { readonly type: 'clock'; readonly hours: number }
  | { readonly type: 'protocol'; readonly isOld: boolean }
  /** Stands in for a disk without room where no file system of limited size can be mounted. */
  | { readonly type: 'disk'; readonly isFull: boolean }
  | { readonly type: 'die'; readonly point: DeskPoint; readonly passage: number }
  | { readonly type: 'close' }

export interface DeskStart {
  readonly dataDir: string
  readonly deviceName: string
  /** base64; null: the vault lost it. */
  readonly deviceSecret: string | null
  readonly hours: number
  readonly isOldProtocol: boolean
}

export type FromDesk =
  | { readonly type: 'started' }
  | { readonly type: 'answer'; readonly id: number; readonly reply: DeskReply }
  | { readonly type: 'audited'; readonly id: number; readonly audit: DeskAudit | null }
  /** The vault lost this PC's secret and has to make a new one. */
  | { readonly type: 'needs_secret' }
  | { readonly type: 'fault'; readonly fault: Fault }

/** `madeId`: the last id that the store made while it answered: the command's, where a command was run. */
export type DeskReply = { readonly madeId: string | null } & (
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: { readonly type: string } }
)
