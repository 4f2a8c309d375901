import { rmSync } from 'node:fs'
import { z } from 'zod'
import { deviceOrdersSchema } from '#shared/sync-protocol/device-orders.ts'
import type { RescueTerms } from '#shared/sync-protocol/rescue-terms.ts'
import { readKeyring } from '../keys/keyring-file.ts'
import { bondOf } from '../keys/lease-layer.ts'
import { peekRescueCapsule } from '../keys/rescue-capsule.ts'
import { callCentre } from './centre-call.ts'
import {
  countUnsentDocuments,
  type EraseNote,
  eraseNotesOf,
  isHandedOver,
  isSettled,
  readEraseNote,
  writeEraseNote
} from './erase.ts'
import { deviceProof, handOver } from './hand-over.ts'
import { handOverDocuments } from './hand-over-documents.ts'
import { noteHandedOver, readHandedOver } from './handed-over-note.ts'
import { readOwedDocuments } from './rescue-documents.ts'
import { listAsideFolders, listStoreFolders, type StoreFolder } from './store-folder.ts'

/**
 * What a PC settles with the centre by itself, also while it is locked: it asks whether it was shut out or shall delete
 * what lies on it, hands over what it could not send, and says that a deletion is done. It proves itself with its device
 * credential, which opens nothing.
 */
export interface ErrandDeps {
  readonly dataDir: string
  readonly fetch: typeof globalThis.fetch
  readonly now: () => string
  readonly signal: AbortSignal
  /**
   * Takes its turn among what is done to the stores: a sign-in under way finds a capsule as it was, and brings it back
   * beside the centre, which knows the commands by their ids. It has been told an older number than the capsule reaches.
   */
  readonly inTurn: (work: () => void) => Promise<void>
}

export interface Order {
  readonly folder: StoreFolder
  readonly order: 'none' | 'revoked' | 'wipe'
  /** Accounts that may work here no more. */
  readonly left: readonly string[]
  readonly rescue: RescueTerms
}

/** What the centre wants of the stores that lie here. A centre out of reach wants nothing. */
export async function askOrders(deps: ErrandDeps, deviceSecret: Uint8Array): Promise<Order[]> {
  const orders: Order[] = []
  for (const folder of listStoreFolders(deps.dataDir)) {
    const keyring = readKeyring(folder.keyringFile)
    const bond = keyring.ok ? bondOf(keyring.value, deviceSecret) : null
    if (!keyring.ok || bond === null) continue
    const answer = await callCentre(deps, {
      serverUrl: bond.serverUrl,
      path: 'device/orders',
      authorization: deviceProof(deviceSecret, keyring.value.deviceId),
      answer: deviceOrdersSchema,
      signal: deps.signal
    })
    if (!answer.ok) continue
    const { order, left, rescue } = answer.value
    const isCarriedOut = order === 'revoked' && keyring.value.shutOutAt !== null
    orders.push({ folder, order: isCarriedOut ? 'none' : order, left, rescue })
  }
  return orders
}

/** Whether something here still waits for the centre. */
export const hasErrands = (dataDir: string): boolean =>
  listAsideFolders(dataDir).some((folder) => {
    const note = readEraseNote(folder)
    return note !== null && isOpen(note)
  }) ||
  shutOutFolders(dataDir).some(owesAnything) ||
  listAsideFolders(dataDir).some(owesDocuments)

/** Hands over what lies sealed here, and reports what was deleted. What does not succeed stays for the next time. */
export async function settleErrands(deps: ErrandDeps, deviceSecret: Uint8Array): Promise<boolean> {
  let hasChanged = false
  // The oldest first: a deletion is done when nothing of what was deleted before under the same id waits any more.
  for (const folder of listAsideFolders(deps.dataDir).reverse()) {
    const note = readEraseNote(folder)
    if (note !== null && isOpen(note) && (await settleErased(deps, deviceSecret, folder, note))) hasChanged = true
  }
  for (const folder of shutOutFolders(deps.dataDir)) {
    if (owesAnything(folder) && (await handOverShutOut(deps, deviceSecret, folder))) hasChanged = true
  }
  for (const folder of listAsideFolders(deps.dataDir)) {
    if (owesDocuments(folder) && (await handOverOwed(deps, deviceSecret, folder))) hasChanged = true
  }
  return hasChanged
}

const isOpen = (note: EraseNote): boolean => note.serverUrl !== null && !isSettled(note)

async function settleErased(
  deps: ErrandDeps,
  deviceSecret: Uint8Array,
  folder: StoreFolder,
  begun: EraseNote
): Promise<boolean> {
  const { serverUrl } = begun
  if (serverUrl === null) return false
  let note = begun
  const settle = (change: Partial<EraseNote>): void => {
    note = { ...note, ...change }
    writeEraseNote(folder, note)
  }
  const pc = { serverUrl, deviceId: note.deviceId }
  // The commands first: documents belong to cases that they may bring.
  if (note.unsent > 0 && note.handedOverAt === null) {
    const handedOver = await handOver(deps, deviceSecret, { ...pc, capsuleFile: folder.capsuleFile })
    if (handedOver === 'unanswered' || handedOver === 'too_large') return false
  }
  await deps.inTurn(() => {
    if (note.unsent > 0 && note.handedOverAt === null) settle({ handedOverAt: deps.now() })
    rmSync(folder.capsuleFile, { force: true })
  })
  if (note.documents > 0 && note.documentsHandedOverAt === null) {
    const over = await handOverDocuments(deps, deviceSecret, { ...pc, folder, held: note.documents })
    if (over === null) return note !== begun
    await deps.inTurn(() => settle({ documentsHandedOverAt: deps.now(), documentsLost: over.lost }))
  }
  await deps.inTurn(() => forgetDocuments(folder))
  const stillWaits = eraseNotesOf(deps.dataDir, note.deviceId).some((one) => isOpen(one) && !isHandedOver(one))
  if (note.reason === 'wiped' && note.reportedAt === null && !stillWaits) {
    const report = { path: 'device/wiped', body: { handedOver: note.unsent }, answer: z.null() }
    const authorization = deviceProof(deviceSecret, note.deviceId)
    const told = await callCentre(deps, { serverUrl, ...report, authorization, signal: deps.signal })
    if (told.ok) settle({ reportedAt: deps.now() })
  }
  return note !== begun
}

function forgetDocuments(folder: StoreFolder): void {
  rmSync(folder.documentCapsuleFile, { force: true })
  rmSync(folder.chunkDir, { recursive: true, force: true })
}

/** Also one that was set aside since: its work is still to come. */
const shutOutFolders = (dataDir: string): StoreFolder[] =>
  [...listStoreFolders(dataDir), ...listAsideFolders(dataDir)].filter(isShutOut)

function isShutOut(folder: StoreFolder): boolean {
  const keyring = readKeyring(folder.keyringFile)
  return keyring.ok && keyring.value.shutOutAt !== null
}

/** Of what lies here the centre still needs. */
const owes = (folder: StoreFolder): { readonly commands: boolean; readonly documents: boolean } => {
  const { commandsAt, documentsAt } = readHandedOver(folder)
  return {
    commands: commandsAt === null && (peekRescueCapsule(folder.capsuleFile)?.commands ?? 0) > 0,
    documents: documentsAt === null && countUnsentDocuments(folder) > 0
  }
}

/** Whether the unsent work of a PC that was shut out is at the centre. */
export const isAllHandedOver = (folder: StoreFolder): boolean => !owesAnything(folder)

const owesAnything = (folder: StoreFolder): boolean => {
  const { commands, documents } = owes(folder)
  return commands || documents
}

async function handOverShutOut(deps: ErrandDeps, deviceSecret: Uint8Array, folder: StoreFolder): Promise<boolean> {
  const keyring = readKeyring(folder.keyringFile)
  const bond = keyring.ok ? bondOf(keyring.value, deviceSecret) : null
  if (!keyring.ok || bond === null) return false
  const pc = { serverUrl: bond.serverUrl, deviceId: keyring.value.deviceId }
  const owed = owes(folder)
  if (owed.commands) {
    const handedOver = await handOver(deps, deviceSecret, { ...pc, capsuleFile: folder.capsuleFile })
    if (handedOver === 'unanswered' || handedOver === 'too_large') return false
    noteHandedOver(folder, { commandsAt: deps.now() })
  }
  if (!owed.documents) return true
  const held = countUnsentDocuments(folder)
  const over = await handOverDocuments(deps, deviceSecret, { ...pc, folder, held })
  if (over !== null) noteHandedOver(folder, { documentsAt: deps.now(), documentsLost: over.lost })
  return over !== null || owed.commands
}

/** Documents of a store that was set aside: nothing here opens them. */
const owesDocuments = (folder: StoreFolder): boolean =>
  readOwedDocuments(folder) !== null && readHandedOver(folder).documentsAt === null

async function handOverOwed(deps: ErrandDeps, deviceSecret: Uint8Array, folder: StoreFolder): Promise<boolean> {
  const owed = readOwedDocuments(folder)
  if (owed === null) return false
  const over = await handOverDocuments(deps, deviceSecret, { ...owed, folder, held: countUnsentDocuments(folder) })
  if (over !== null) noteHandedOver(folder, { documentsAt: deps.now(), documentsLost: over.lost })
  return over !== null
}
