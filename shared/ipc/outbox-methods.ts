import { z } from 'zod'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import type { Locked } from './locked.ts'
import { method } from './method.ts'
import type { OutboxDetails, OutboxItem } from './outbox-views.ts'

const oneItem = z.object({ commandId: uuidSchema })

/** 보낼편지함. */
export const OUTBOX_METHODS = {
  'outbox.list': method(z.object({})).gives<readonly OutboxItem[], Locked>(),
  /** What an item says, masked; recorded as a view. */
  'outbox.details': method(oneItem).gives<OutboxDetails, Locked | { type: 'NotInOutbox' }>(),
  /** Makes a draft of a refused command, with everything that it held, and says where it goes on. */
  'outbox.correct': method(oneItem).gives<CorrectPlace, Locked | CorrectFailure>(),
  /** Gives up a refused command: the case goes back to what the centre holds. Takes a parked line as read. */
  'outbox.discard': method(oneItem).gives<null, Locked | DiscardFailure>()
} as const

/** Where a refused command goes on. */
export type CorrectPlace =
  | { readonly screen: 'intake'; readonly draftId: string }
  | { readonly screen: 'case'; readonly caseId: string }
  /** A decision: the conflict is still open, or the screen says that it is gone. */
  | { readonly screen: 'conflicts'; readonly conflictId: string }

export type DiscardFailure = { type: 'NotRefused' } | { type: 'RoleNotAllowed' }

export type CorrectFailure =
  | { type: 'NotRefused' }
  | { type: 'CaseNotFound' }
  | { type: 'RoleNotAllowed' }
  | { type: 'DiskFull' }
