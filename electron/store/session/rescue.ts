import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type AnyCommand, isCaseCommand } from '#shared/commands/any-command.ts'
import type { Account } from '#shared/domain/account/account.ts'
import type { IdDep, TimeDep } from '#shared/foundation/deps.ts'
import { ok } from '#shared/foundation/result.ts'
import { nextProvisionalNo } from '../commands/application-no.ts'
import { caseById, putCase } from '../db/case-rows.ts'
import type { WriteTx } from '../db/database.ts'
import { writeDurably } from '../db/durable-write.ts'
import { META_KEYS, readMetaNumber, writeMeta } from '../db/meta.ts'
import { writeFileAtomically } from '../keys/atomic-file.ts'
import { readKeyring } from '../keys/keyring-file.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { type CapsuleOpener, peekRescueCapsule, type RescuedCommands } from '../keys/rescue-capsule.ts'
import { noteAcknowledged } from '../outbox/journal.ts'
import {
  addWaiting,
  entryById,
  keepFirstConfirmed,
  type OutboxEntry,
  standingCase,
  unsentCommands,
  waitingOfCase
} from '../outbox/outbox.ts'
import { parkLoss } from '../outbox/parked.ts'
import { renumber } from '../outbox/renumber.ts'
import { type PolicyDep, rerun } from '../outbox/rerun.ts'
import { readCopiedNote } from './copied-note.ts'
import { readEraseNote } from './erase.ts'
import { handOver } from './hand-over.ts'
import { restoreDocuments } from './rescue-documents.ts'
import { actorOf, type Restoring, readBest } from './restoring.ts'
import { listAsideFolders, type StoreFolder } from './store-folder.ts'

/** What was not sent when a store had to be put aside, and its way into the new one. */
export interface PendingRescue {
  readonly folder: StoreFolder
  readonly deviceId: string
}

const DONE = 'rescued.json'

/** Unsent commands beside a store; needs no key. */
export const countRescuable = ({ capsuleFile, documentCapsuleFile }: StoreFolder): number =>
  (peekRescueCapsule(capsuleFile)?.commands ?? 0) + (peekRescueCapsule(documentCapsuleFile)?.commands ?? 0)

export const listPendingRescues = (dataDir: string): PendingRescue[] =>
  listAsideFolders(dataDir).flatMap((folder) => {
    const capsule = peekRescueCapsule(folder.capsuleFile)
    const isDone = existsSync(join(folder.dir, DONE)) || copiedIdOf(folder) !== null
    if (capsule === null || capsule.commands === 0 || isDone) return []
    return [{ folder, deviceId: capsule.deviceId }]
  })

/** Stores that were set back or copied: what they had not sent comes back under another device id than theirs. */
export const listCopiedAside = (dataDir: string): PendingRescue[] =>
  listAsideFolders(dataDir).flatMap((folder) => {
    const deviceId = copiedIdOf(folder)
    return deviceId === null || existsSync(join(folder.dir, DONE)) ? [] : [{ folder, deviceId }]
  })

/** null: it is no such store; or one that was shut out or deleted, whose capsule went to the centre. */
function copiedIdOf(folder: StoreFolder): string | null {
  const note = readCopiedNote(folder)
  if (note === null || readEraseNote(folder) !== null) return null
  const keyring = readKeyring(folder.keyringFile)
  return keyring.ok && keyring.value.shutOutAt !== null ? null : note.deviceId
}

/**
 * Puts the commands of every put-aside capsule of this PC's number back into the outbox, with their own ids and numbers:
 * the centre recognises those it has had. Doing it twice adds nothing.
 */
export function restoreRescued(deps: PolicyDep & TimeDep & IdDep, options: Restoring): void {
  const { keyring, db, capsule } = options.files
  for (const rescue of listPendingRescues(options.dataDir)) {
    if (rescue.deviceId !== keyring.deviceId) continue
    const { folder } = rescue
    const rescued = readBest(folder.capsuleFile, options.openers)
    writeDurably(db, (tx) => {
      putBack(tx, deps, { rescued, account: options.account, deviceId: keyring.deviceId })
      noteAcknowledged(tx, lastAnswered(rescued))
      return ok(null)
    })
    capsule.hold(unsentCommands(db))
    noteDone(deps, folder, rescued)
    restoreDocuments(deps, options, { folder, numbered: rescued.commands })
  }
  for (const { folder } of listCopiedAside(options.dataDir)) restoreCopied(deps, options, folder)
  for (const folder of listAsideFolders(options.dataDir)) restoreDocuments(deps, options, { folder, numbered: [] })
}

/**
 * The capsule knows the commands that come right after the store's last: its write-ahead log was deleted, or an older file
 * put in its place, and nothing of them was sent since. They are in the outbox again. Where a number between is missing, it
 * was sent: the centre knows more of this PC than the file does, and will say so.
 */
export function bringBackAhead(
  deps: PolicyDep,
  { files, account, openers }: Pick<Restoring, 'files' | 'account' | 'openers'>
): void {
  const { db, capsule, folder, keyring } = files
  const lastSeq = readMetaNumber(db, META_KEYS.deviceSeq)
  const known = readBest(folder.capsuleFile, openers)
  // Of two under one number the first was not committed.
  const ahead = new Map(known.commands.map((command) => [command.deviceSeq, command]))
  const next: AnyCommand[] = []
  for (let seq = lastSeq + 1; ; seq += 1) {
    const command = ahead.get(seq)
    if (command === undefined) break
    if (command.name !== 'case.attach') next.push(command) // it is made anew once its pieces are at the centre
  }
  if (next.length === 0) return
  const { deviceId } = keyring
  writeDurably(db, (tx) => {
    const fresh = { ...known, ...renumber(tx, next, { deviceId, lastSeq }) }
    return ok(putBack(tx, deps, { rescued: fresh, account, deviceId }))
  })
  capsule.hold(unsentCommands(db))
}

/**
 * The highest number up to the last that the lost store had given out, and whose command is not in its capsule any more:
 * it was answered. A centre that was set back meanwhile has not heard of it, and would wait for it.
 */
function lastAnswered({ commands, lastDeviceSeq }: RescuedCommands): number {
  const unsent = new Set(commands.map(({ deviceSeq }) => deviceSeq))
  let no = lastDeviceSeq
  while (unsent.has(no)) no -= 1
  return no
}

/** The same for a store that was set back or copied: its commands keep their ids and get new numbers under the new id. */
function restoreCopied(deps: PolicyDep & TimeDep & IdDep, options: Restoring, folder: StoreFolder): void {
  const { account, files } = options
  const { deviceId } = files.keyring
  if (folder.districtCode !== files.folder.districtCode) return
  const rescued = readBest(folder.capsuleFile, options.openers)
  const renumbered = writeDurably(files.db, (tx) => {
    const lastSeq = Math.max(readMetaNumber(tx, META_KEYS.deviceSeq), options.lastDeviceSeq)
    const fresh = { ...rescued, ...renumber(tx, rescued.commands, { deviceId, lastSeq }) }
    putBack(tx, deps, { rescued: fresh, account, deviceId })
    const { newId, now } = deps
    if (rescued.unreadable > 0) {
      parkLoss(tx, { id: newId(), cause: 'unreadable', amount: rescued.unreadable, at: now() })
    }
    return ok(fresh)
  })
  if (!renumbered.ok) return
  files.capsule.hold(unsentCommands(files.db))
  restoreDocuments(deps, options, { folder, numbered: renumbered.value.commands })
  noteDone(deps, folder, rescued)
}

/**
 * Capsules of this id that nothing at hand opens go to the centre, to whose key they are sealed; those that it cannot read
 * either are given up. A new store may begin only afterwards: it goes on with the numbers after theirs.
 */
export async function handOverUnreadable(
  deps: TimeDep & { readonly dataDir: string; readonly fetch: typeof globalThis.fetch },
  pc: { deviceId: string; deviceSecret: Uint8Array; openers: readonly CapsuleOpener[]; attempt: { serverUrl: string } }
): Promise<'none' | 'some' | 'unanswered'> {
  let handedOver: 'none' | 'some' = 'none'
  for (const { folder, deviceId } of listPendingRescues(deps.dataDir)) {
    if (deviceId !== pc.deviceId) continue
    const rescued = readBest(folder.capsuleFile, pc.openers)
    if (rescued.commands.length > 0) continue
    const place = { serverUrl: pc.attempt.serverUrl, deviceId, capsuleFile: folder.capsuleFile }
    const taken = await handOver(deps, pc.deviceSecret, place)
    if (taken === 'unanswered') return taken
    noteDone(deps, folder, rescued)
    if (taken === 'taken') handedOver = 'some'
  }
  return handedOver
}

/** Kept beside what was put aside: how much came back, and that it is not to be brought back again. */
function noteDone({ now }: TimeDep, folder: StoreFolder, { commands, unreadable }: RescuedCommands): void {
  const note = { at: now(), commands: commands.length, unreadable }
  writeFileAtomically(join(folder.dir, DONE), `${JSON.stringify(note)}\n`)
}

function putBack(
  tx: WriteTx,
  deps: PolicyDep,
  parts: { rescued: RescuedCommands; account: Account; deviceId: string }
): null {
  const applicationNos = new Map<string, string>()
  for (const command of parts.rescued.commands) {
    if (entryById(tx, command.id) !== null) continue
    if (command.name === 'case.register') {
      applicationNos.set(command.caseId, nextProvisionalNo(tx, { sha256: nodeCipher.sha256, deviceId: parts.deviceId }))
    }
    addWaiting(tx, entryOf(command, parts.account, applicationNos))
  }
  const caseIds = parts.rescued.commands.flatMap((command) => (isCaseCommand(command) ? [command.caseId] : []))
  for (const caseId of new Set(caseIds)) showRescued(tx, deps, caseId)
  // Of several stores that were put aside the one that had come farthest counts.
  writeMeta(tx, META_KEYS.deviceSeq, Math.max(parts.rescued.lastDeviceSeq, readMetaNumber(tx, META_KEYS.deviceSeq)))
  return null
}

/** Stands in for a number until the centre's record of the case arrives. */
const UNKNOWN_NO = '-'

function entryOf(command: AnyCommand, account: Account, applicationNos: ReadonlyMap<string, string>): OutboxEntry {
  const actor = actorOf(command, account)
  if (!isCaseCommand(command)) return { command, actor }
  return { command, actor, applicationNo: applicationNos.get(command.caseId) ?? UNKNOWN_NO }
}

/** A new case shows at once; a correction of one that is not here yet waits for the centre's record to stand on. */
function showRescued(tx: WriteTx, deps: PolicyDep, caseId: string): void {
  keepFirstConfirmed(tx, caseId, caseById(tx, caseId)?.record ?? null)
  const record = rerun(deps, standingCase(tx, caseId) ?? null, waitingOfCase(tx, caseId))
  if (record !== null) putCase(tx, record, { waiting: true })
}
