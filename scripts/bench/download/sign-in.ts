import { v7 as newUuid } from 'uuid'
import { z } from 'zod'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'
import { signInResponseSchema } from '#shared/sync-protocol/sign-in.ts'

export const benchSessionSchema = signInResponseSchema
  .pick({ token: true, account: true })
  .extend({ deviceId: z.string() })
export type BenchSession = z.infer<typeof benchSessionSchema>

export const PROTOCOL_HEADERS = {
  'content-type': 'application/json',
  [PROTOCOL_HEADER]: String(PROTOCOL_VERSION)
}

/** A session of a PC that the centre has not seen yet: stretching the password is no part of a download. */
export async function signIn(url: string, who: { login: string; password: string }): Promise<BenchSession> {
  const deviceId = newUuid()
  const device = { id: deviceId, name: 'BENCH', appVersion: '0.1.0', credential: 'b'.repeat(43), leaseId: null }
  const answer = await fetch(`${url}/v1/sign-in`, {
    method: 'POST',
    headers: PROTOCOL_HEADERS,
    body: JSON.stringify({ ...who, device })
  })
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status}`)
  const { token, account } = signInResponseSchema.parse(await answer.json())
  return { token, account, deviceId }
}
