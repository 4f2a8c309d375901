import { ok } from '#shared/foundation/result.ts'
import type { Handlers } from '../port/door.ts'
import { type HandlerDeps, withAsyncWork } from './work-door.ts'

export const downloadHandlers = (deps: HandlerDeps): Pick<Handlers, 'sync.pauseDownload' | 'sync.resumeDownload'> => ({
  'sync.pauseDownload': withAsyncWork(deps, async ({ sync }) => ok(await sync.pauseDownload())),
  'sync.resumeDownload': withAsyncWork(deps, async ({ sync }) => ok(sync.resumeDownload()))
})
