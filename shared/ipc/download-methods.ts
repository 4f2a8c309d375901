import { z } from 'zod'
import type { Locked } from './contract.ts'
import { method } from './method.ts'
import type { SyncStatus } from './views.ts'

const nothing = z.object({})

/** The first download of this PC, stopped and taken up again by a person; both stay true over a restart. */
export const DOWNLOAD_METHODS = {
  'sync.pauseDownload': method(nothing).gives<SyncStatus, Locked>(),
  'sync.resumeDownload': method(nothing).gives<SyncStatus, Locked>()
} as const
