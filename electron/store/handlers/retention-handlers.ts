import { err } from '#shared/foundation/result.ts'
import type { RETENTION_METHODS } from '#shared/ipc/retention-methods.ts'
import { retentionResponseSchema } from '#shared/sync-protocol/retention-due.ts'
import type { Handlers } from '../port/door.ts'
import { askCentre, centreFailure } from './ask-centre.ts'
import { type HandlerDeps, withAsyncWork } from './work-door.ts'

/** 보유기간: counts alone, asked at the centre. */
export function retentionHandlers(deps: HandlerDeps): Pick<Handlers, keyof typeof RETENTION_METHODS> {
  return {
    'retention.overview': withAsyncWork(deps, async (work) => {
      const answer = await askCentre(deps, work, { path: 'retention', answer: retentionResponseSchema })
      return answer.ok ? answer : err(centreFailure(answer.error))
    })
  }
}
