import { z } from 'zod'
import { assertNever } from '#shared/foundation/assert-never.ts'
import { err, type Result } from '#shared/foundation/result.ts'
import type { CentreFailure } from '#shared/ipc/quarantine-methods.ts'
import { type CallFailure, type CentreCall, callCentre } from '../session/centre-call.ts'
import type { DeskWork } from './desk-work.ts'
import type { HandlerDeps } from './work-door.ts'

type Question<Answer extends z.ZodType> = Pick<CentreCall<Answer>, 'path' | 'body' | 'method' | 'answer'>

/** Asks in the name of whoever is signed in here. `SessionInvalid`: her pass at the centre is over, or there never was one. */
export async function askCentre<Answer extends z.ZodType>(
  { fetch }: HandlerDeps,
  work: DeskWork,
  question: Question<Answer>
): Promise<Result<z.output<Answer>, CallFailure>> {
  const token = work.line.token()
  if (token === null) return err({ type: 'SessionInvalid' })
  return callCentre({ fetch }, { ...question, serverUrl: work.line.serverUrl, authorization: `Bearer ${token}` })
}

export const actAtCentre = (
  deps: HandlerDeps,
  work: DeskWork,
  path: string,
  body: object
): Promise<Result<null, CallFailure>> => askCentre(deps, work, { path, body, answer: z.null() })

/** What the window is told of it. */
export function centreFailure(error: CallFailure): CentreFailure {
  switch (error.type) {
    case 'SessionInvalid':
    case 'GrantOver':
    case 'DeviceRevoked':
    case 'DeviceWipeOrdered':
    case 'WrongCredentials':
    case 'AccountLocked':
    case 'EnrolmentNeeded':
    case 'EnrolmentCodeWrong':
      return { type: 'SignInNeeded' }
    case 'RoleNotAllowed':
      return { type: 'RoleNotAllowed' }
    case 'NotFound':
      return { type: 'NotThere' }
    case 'TooManyRequests':
      return { type: 'CentreBusy', retryAfterSeconds: error.retryAfterSeconds }
    case 'CentreRestoring':
    case 'GiveBackFirst':
      return { type: 'CentreRestoring' }
    case 'Unanswered':
    case 'NotReady':
      return { type: 'CentreUnreachable' }
    case 'ProtocolMismatch':
      return { type: 'ProtocolMismatch' }
    case 'RequestInvalid':
    case 'GrantRefused':
    case 'CapsuleRefused':
    case 'ChunkRefused':
    case 'ChunkLost':
    case 'DeviceSequenceGap':
    case 'ServerFault':
      return { type: 'CentreFault' }
    default:
      return assertNever(error)
  }
}
