import { z } from 'zod'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import type { ConflictList, ConflictView } from './conflict-views.ts'
import type { Locked } from './locked.ts'
import { method } from './method.ts'
import { reasonSchema } from './reason.ts'

const oneConflict = z.object({ caseId: uuidSchema, conflictId: z.string().min(1).max(80) })

/** 충돌함. A conflict is decided by the command `conflict.resolve`. */
export const CONFLICT_METHODS = {
  'conflict.list': method(z.object({})).gives<ConflictList, Locked>(),
  /** Both values, masked; recorded as a view of the case. A decided conflict as well, while its decision stands. */
  'conflict.open': method(oneConflict).gives<ConflictView, Locked | { type: 'ConflictNotFound' }>(),
  /** One of the values in clear, for a reason that is recorded. */
  'conflict.unmask': method(oneConflict.extend({ side: z.enum(['theirs', 'mine']), reason: reasonSchema })).gives<
    { value: unknown },
    Locked | { type: 'ConflictNotFound' } | { type: 'NotGranted' }
  >()
} as const
