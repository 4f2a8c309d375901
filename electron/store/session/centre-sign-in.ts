import { seesCases } from '#shared/domain/account/account.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { SignInFailure } from '#shared/ipc/contract.ts'
import { type ApiError, apiErrorSchema } from '#shared/sync-protocol/api-error.ts'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'
import { type SignInRequest, type SignInResponse, signInResponseSchema } from '#shared/sync-protocol/sign-in.ts'
import { deviceCredential } from '../keys/device-credential.ts'

/** Why the centre did not let an account in. `DeviceOfAnother`: this device id belongs to another district there. */
export type CentreRefusal =
  | Extract<
      SignInFailure,
      {
        type:
          | 'WrongPassword'
          | 'AccountLocked'
          | 'GrantOver'
          | 'CentreUnreachable'
          | 'CentreNotTrusted'
          | 'CentreFault'
          | 'CentreRestoring'
          | 'ProtocolMismatch'
          | 'DeviceRevoked'
          | 'DeviceWipeOrdered'
          | 'EnrolmentNeeded'
          | 'EnrolmentCodeWrong'
      }
    >
  | { type: 'DeviceOfAnother' }

const ANSWER_MS = 15_000
const SHARE_BYTES = 32

/** Asks the centre to let an account in on this PC. A password never goes over plain http to another machine. */
export async function signInAtCentre(
  deps: { fetch: typeof globalThis.fetch },
  options: { serverUrl: string; request: SignInRequest }
): Promise<Result<SignInResponse, CentreRefusal>> {
  if (!isTrustworthy(options.serverUrl)) return err({ type: 'CentreNotTrusted' })
  const response = await post(deps, options)
  if (response === null) return err({ type: 'CentreUnreachable' })
  const body = await jsonOrNull(response)
  if (!response.ok) return err(refusalOf(apiErrorSchema.safeParse(body).data?.error))
  const parsed = signInResponseSchema.safeParse(body)
  return parsed.success && hasItsShare(parsed.data) ? ok(parsed.data) : err({ type: 'CentreFault' })
}

/** This PC, as it introduces itself to the centre under one of its device ids. */
export const deviceAt = (
  deps: { readonly deviceName: string; readonly appVersion: string },
  deviceSecret: Uint8Array,
  { deviceId, leaseId }: { deviceId: string; leaseId: string | null }
): SignInRequest['device'] => ({
  id: deviceId,
  name: deps.deviceName,
  appVersion: deps.appVersion,
  credential: deviceCredential(deviceSecret, deviceId),
  leaseId
})

/** An administrator gets no share: she opens no store. */
const hasItsShare = ({ account, deviceShare }: SignInResponse): boolean =>
  !seesCases(account.role) || Buffer.from(deviceShare, 'base64').length === SHARE_BYTES

/** https, or http to this very machine. */
export function isTrustworthy(serverUrl: string): boolean {
  if (!URL.canParse(serverUrl)) return false
  const { protocol, hostname } = new URL(serverUrl)
  if (protocol === 'https:') return true
  return (
    protocol === 'http:' && (hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname))
  )
}

/** null: no answer. */
async function post(
  deps: { fetch: typeof globalThis.fetch },
  options: { serverUrl: string; request: SignInRequest }
): Promise<Response | null> {
  const base = options.serverUrl.endsWith('/') ? options.serverUrl : `${options.serverUrl}/`
  try {
    return await deps.fetch(new URL('v1/sign-in', base), {
      method: 'POST',
      headers: { 'content-type': 'application/json', [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) },
      body: JSON.stringify(options.request),
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_MS)
    })
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) return null // no line, or no answer in time
    throw error
  }
}

/** null: the body is cut or is not JSON, as a proxy's own page is not. */
async function jsonOrNull(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof DOMException) return null
    throw error
  }
}

function refusalOf(error: ApiError | undefined): CentreRefusal {
  if (error === undefined) return { type: 'CentreFault' }
  switch (error.type) {
    case 'WrongCredentials':
      return { type: 'WrongPassword', attemptsLeft: error.attemptsLeft }
    case 'AccountLocked':
    case 'GrantOver':
    case 'DeviceRevoked':
    case 'DeviceWipeOrdered':
    case 'EnrolmentNeeded':
      return { type: error.type }
    case 'EnrolmentCodeWrong':
      return { type: 'EnrolmentCodeWrong', attemptsLeft: error.attemptsLeft }
    case 'ProtocolMismatch':
      return { type: 'ProtocolMismatch' }
    case 'RoleNotAllowed':
      return { type: 'DeviceOfAnother' }
    case 'CentreRestoring':
      return { type: 'CentreRestoring' }
    case 'NotReady':
    case 'TooManyRequests':
      return { type: 'CentreUnreachable' }
    case 'RequestInvalid':
    case 'SessionInvalid':
    case 'GrantRefused':
    case 'DeviceSequenceGap':
    case 'CapsuleRefused':
    case 'ChunkRefused':
    case 'ChunkLost':
    case 'GiveBackFirst':
    case 'NotFound':
    case 'ServerFault':
      return { type: 'CentreFault' }
    default:
      return assertNever(error)
  }
}
