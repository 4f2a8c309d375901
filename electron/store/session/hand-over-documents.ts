import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { rescueResponseSchema } from '#shared/sync-protocol/administrator-rescues.ts'
import { type RescueAnswer, rescueAnswerSchema } from '#shared/sync-protocol/rescue.ts'
import { readChunkCopy } from '../documents/chunk-copies.ts'
import { type CallFailure, callCentre } from './centre-call.ts'
import { deviceProof, type HandOverDeps } from './hand-over.ts'
import type { StoreFolder } from './store-folder.ts'

export interface DocumentsToHandOver {
  readonly serverUrl: string
  readonly deviceId: string
  readonly folder: Pick<StoreFolder, 'documentCapsuleFile' | 'chunkDir'>
  /** How many documents the capsule holds. */
  readonly held: number
}

/**
 * Sends the documents that lie here without a number: first their capsule, then the pieces that the centre asks for, as
 * they are sealed, and last the word that these were all. Broken off anywhere, the next call sends what is still asked
 * for. `lost`: documents of which pieces are missing here, or that the centre can do nothing with. null: not now.
 */
export async function handOverDocuments(
  deps: HandOverDeps,
  deviceSecret: Uint8Array,
  { serverUrl, deviceId, folder, held }: DocumentsToHandOver
): Promise<{ readonly lost: number } | null> {
  if (!existsSync(folder.documentCapsuleFile)) return { lost: held }
  const capsule = new Uint8Array(readFileSync(folder.documentCapsuleFile))
  const centre = { serverUrl, authorization: deviceProof(deviceSecret, deviceId), signal: deps.signal }
  for (;;) {
    const asked = await callCentre(deps, { ...centre, path: 'rescue', body: capsule, answer: rescueAnswerSchema })
    if (!asked.ok) return isFinal(asked.error) ? { lost: held } : null
    const sent = await sendWanted(deps, centre, { answer: asked.value, chunkDir: folder.chunkDir })
    if (sent === 'later') return null
    if (sent === 'some') continue // what they made whole is attached, and makes room for more
    const path = `rescue/${asked.value.rescue.id}/end`
    const ended = await callCentre(deps, { ...centre, path, body: {}, answer: rescueResponseSchema })
    return ended.ok ? { lost: ended.value.rescue.lost } : null
  }
}

/** The same capsule will never be taken. */
const isFinal = (failure: CallFailure): boolean => failure.type === 'CapsuleRefused' && failure.cause !== 'too_large'

type Centre = Pick<Parameters<typeof callCentre>[1], 'serverUrl' | 'authorization' | 'signal'>

/** `none`: nothing that is asked for lies here. */
async function sendWanted(
  deps: HandOverDeps,
  centre: Centre,
  { answer, chunkDir }: { answer: RescueAnswer; chunkDir: string }
): Promise<'some' | 'none' | 'later'> {
  let [taken, putOff] = [0, 0]
  for (const sha256 of answer.wanted) {
    const body = readChunkCopy(chunkDir, sha256)
    if (body === null) continue
    const path = `rescue/${answer.rescue.id}/chunks/${sha256}`
    const put = await callCentre(deps, { ...centre, path, body, method: 'PUT', answer: z.null() })
    if (put.ok) taken += 1
    else if (put.error.type === 'NotFound' || put.error.type === 'ChunkRefused')
      putOff += 1 // asked for anew, or no more
    else return 'later'
  }
  if (taken > 0) return 'some'
  return putOff > 0 ? 'later' : 'none'
}
