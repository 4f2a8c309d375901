import { assertNever } from '#shared/foundation/assert-never.ts'
import { type ApiError, apiErrorSchema } from '#shared/sync-protocol/api-error.ts'

/** Why an exchange with the centre did not come to its end. */
export type CentreFailure =
  /** No answer, a cut answer, or one that says "not now": it is tried again by itself. */
  | { readonly type: 'Unreachable' }
  | { readonly type: 'Busy'; readonly retryAfterMs: number }
  /** The centre comes back from a backup: it takes back what it lost, and work goes on offline meanwhile. */
  | { readonly type: 'Restoring' }
  /** The same, before this PC is served again: it has something to give back. */
  | { readonly type: 'GiveBackFirst' }
  /** The rest needs a person. */
  | { readonly type: 'SessionInvalid' }
  /** Her rights ended or changed: she works on only after a new sign-in. */
  | { readonly type: 'GrantOver' }
  | { readonly type: 'DeviceRevoked' }
  | { readonly type: 'DeviceWipeOrdered' }
  | { readonly type: 'ProtocolMismatch' }
  | { readonly type: 'OtherCentre' }
  /** A number before those that wait never came to the centre. */
  | { readonly type: 'NumberMissing'; readonly expected: number }
  /** The centre knows newer commands of this PC than the PC itself: its file was set back, or copied to two PCs. */
  | { readonly type: 'StoreCopied' }
  | { readonly type: 'DiskFull' }

export async function failureOfResponse(response: Response): Promise<CentreFailure> {
  const error = apiErrorSchema.safeParse(await jsonOrNull(response)).data?.error
  return error === undefined ? failureOfStatus(response.status) : failureOfApiError(error)
}

export function failureOfApiError(error: ApiError): CentreFailure {
  switch (error.type) {
    case 'SessionInvalid':
    case 'WrongCredentials':
    case 'AccountLocked':
    case 'RoleNotAllowed':
    case 'EnrolmentNeeded':
    case 'EnrolmentCodeWrong':
      return { type: 'SessionInvalid' }
    case 'GrantOver':
    case 'DeviceRevoked':
    case 'DeviceWipeOrdered':
      return { type: error.type }
    case 'ProtocolMismatch':
      return { type: 'ProtocolMismatch' }
    case 'TooManyRequests':
      return { type: 'Busy', retryAfterMs: error.retryAfterSeconds * 1000 }
    case 'DeviceSequenceGap':
      return { type: 'NumberMissing', expected: error.expected }
    case 'CentreRestoring':
      return { type: 'Restoring' }
    case 'GiveBackFirst':
      return { type: 'GiveBackFirst' }
    case 'RequestInvalid':
    case 'GrantRefused':
    case 'CapsuleRefused':
    case 'ChunkRefused':
    case 'ChunkLost':
    case 'NotFound':
    case 'ServerFault':
    case 'NotReady':
      return { type: 'Unreachable' }
    default:
      return assertNever(error)
  }
}

/** An answer without our body comes from something in between: a proxy, a login page of the network. */
const failureOfStatus = (status: number): CentreFailure =>
  status === 401 ? { type: 'SessionInvalid' } : { type: 'Unreachable' }

async function jsonOrNull(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return null // no JSON: the status alone must do
  }
}
