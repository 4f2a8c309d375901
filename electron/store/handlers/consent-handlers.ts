import { setImmediate } from 'node:timers/promises'
import { oversees } from '#shared/domain/account/account.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { type CONSENT_STATUS_METHODS, type ConsentStatus, MOST_WAITING } from '#shared/ipc/consent-methods.ts'
import type { Handlers } from '../port/door.ts'
import { tallyConsents } from '../queries/consent-tally.ts'
import { type HandlerDeps, withAsyncWork } from './work-door.ts'

/** 동의 현황: counts, and the cases of which a guardian has not confirmed; those stand in the access log. */
export function consentHandlers(deps: HandlerDeps): Pick<Handlers, keyof typeof CONSENT_STATUS_METHODS> {
  return {
    'consents.tally': withAsyncWork(
      deps,
      async (work): Promise<Result<ConsentStatus, { type: 'RoleNotAllowed' } | { type: 'Locked' }>> => {
        if (!oversees(work.actor.role)) return err({ type: 'RoleNotAllowed' })
        const isOver = (): boolean => deps.work() !== work
        const tally = await tallyConsents(
          { policies: deps.policies, now: deps.now, pause: () => setImmediate(), isOver },
          work.db
        )
        if (tally === null) return err({ type: 'Locked' })
        const waiting = tally.waiting.slice(0, MOST_WAITING)
        work.recordLook({ act: 'list', caseIds: waiting.map(({ caseId }) => caseId), detail: { shown: 'consents' } })
        return ok({ ...tally, waiting })
      }
    )
  }
}
