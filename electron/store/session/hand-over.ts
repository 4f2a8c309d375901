import { existsSync, readFileSync } from 'node:fs'
import { deviceAuthorization } from '#shared/sync-protocol/device-credential.ts'
import { rescueAnswerSchema } from '#shared/sync-protocol/rescue.ts'
import { deviceCredential } from '../keys/device-credential.ts'
import { callCentre } from './centre-call.ts'

/** How a PC proves itself where nobody is signed in. */
export const deviceProof = (deviceSecret: Uint8Array, id: string): string =>
  deviceAuthorization({ id, credential: deviceCredential(deviceSecret, id) })

export interface HandOverDeps {
  readonly fetch: typeof globalThis.fetch
  readonly signal?: AbortSignal | undefined
}

/**
 * Sends a capsule to the centre, which opens it and applies what is in it as this PC's own. The same capsule twice does
 * nothing twice. `refused`: the centre can do nothing with it, now or later. `too_large`: for
 * the line alone; the file has to be kept, and brought in by an operator.
 */
export async function handOver(
  deps: HandOverDeps,
  deviceSecret: Uint8Array,
  { serverUrl, deviceId, capsuleFile }: { serverUrl: string; deviceId: string; capsuleFile: string }
): Promise<'taken' | 'refused' | 'too_large' | 'unanswered'> {
  if (!existsSync(capsuleFile)) return 'taken' // it went over before the note of it could be written
  const answer = await callCentre(deps, {
    serverUrl,
    path: 'rescue',
    body: new Uint8Array(readFileSync(capsuleFile)),
    authorization: deviceProof(deviceSecret, deviceId),
    answer: rescueAnswerSchema,
    signal: deps.signal
  })
  if (answer.ok) return 'taken'
  const { error } = answer
  if (error.type !== 'CapsuleRefused') return 'unanswered'
  return error.cause === 'too_large' ? 'too_large' : 'refused'
}
