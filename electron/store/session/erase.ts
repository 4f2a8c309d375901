import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'
import type { RescueTerms } from '#shared/sync-protocol/rescue-terms.ts'
import { syncFolder, writeFileAtomically } from '../keys/atomic-file.ts'
import { keyCheckPath } from '../keys/key-check.ts'
import { readKeyring } from '../keys/keyring-file.ts'
import { bondOf } from '../keys/lease-layer.ts'
import { leaveCapsuleToCentre, peekRescueCapsule } from '../keys/rescue-capsule.ts'
import { changePc, forgetDeviceId } from './pc-file.ts'
import { asideFolder, listAsideFolders, listStoreFolders, putStoreAside, type StoreFolder } from './store-folder.ts'

/**
 * Deleting a store, because an administrator ordered it or because its lease and the grace after it are over. First a
 * note says that it has begun: from then on nothing opens the store, and a deletion that was cut off anywhere is finished
 * at the next start before anything else. The unsent work is left to the centre, then the keys are overwritten, then the
 * files go, and what remains (the sealed capsules, the pieces of documents and the note) is set aside until the centre
 * has it.
 */
const eraseNoteSchema = z.object({
  reason: z.enum(['wiped', 'lease']),
  at: instantSchema,
  deviceId: uuidSchema,
  /** null: no centre is known that could be told. */
  serverUrl: z.url().nullable(),
  /** Unsent commands at that time. */
  unsent: z.int().nonnegative(),
  /** Documents, at most, that were not wholly at the centre. */
  documents: z.int().nonnegative().default(0),
  /** They are there as far as they could be sent; null: not yet, or there were none. */
  documentsHandedOverAt: instantSchema.nullable().default(null),
  /** Those of them that lack pieces, and that nobody has. */
  documentsLost: z.int().nonnegative().default(0),
  /** The capsule is at the centre; null: not yet, or there was nothing in it. */
  handedOverAt: instantSchema.nullable(),
  /** The centre knows that nothing lies here any more; stays null when nobody asked. */
  reportedAt: instantSchema.nullable()
})
export type EraseNote = z.infer<typeof eraseNoteSchema>

export interface EraseDeps {
  readonly dataDir: string
  readonly now: () => string
}

/** Deletes a store, or goes on with a deletion that has begun. Gives back where its remains lie. */
export function eraseStore(
  deps: EraseDeps,
  folder: StoreFolder,
  options: { reason: EraseNote['reason']; deviceSecret: Uint8Array | null; rescue?: RescueTerms | undefined }
): StoreFolder {
  const keyring = readKeyring(folder.keyringFile)
  const { deviceSecret } = options
  const bond = keyring.ok && deviceSecret !== null ? bondOf(keyring.value, deviceSecret) : null
  if (readEraseNote(folder) === null) {
    const capsule = peekRescueCapsule(folder.capsuleFile)
    const deviceId = keyring.ok ? keyring.value.deviceId : capsule?.deviceId
    if (deviceId === undefined) throw new Error('a store that belongs to no PC cannot be deleted')
    const note = { reason: options.reason, at: deps.now(), deviceId, serverUrl: bond?.serverUrl ?? null }
    const unsent = { unsent: capsule?.commands ?? 0, documents: countUnsentDocuments(folder) }
    writeEraseNote(folder, { ...note, ...unsent, ...NOTHING_SETTLED })
  }
  if (keyring.ok) {
    // The centre takes nobody in under a wiped id any more.
    if (options.reason === 'wiped') forgetDeviceId(deps.dataDir, keyring.value.deviceId)
    changePc(deps.dataDir, (pc) => ({ erasedStores: [...new Set([...pc.erasedStores, keyring.value.storeId])] }))
    // The pinned key comes before the one that came with an order.
    const rescue = bond ?? options.rescue ?? null
    if (deviceSecret !== null) leaveCapsules(folder, deviceSecret, rescue)
    overwrite(folder.keyringFile)
  }
  for (const file of [folder.keyringFile, `${folder.keyringFile}.new`, ...storeFiles(folder)])
    rmSync(file, { force: true })
  syncFolder(folder.dir)
  const label = `${deps.now().replaceAll(/[:.]/g, '-')}-erased`
  putStoreAside(deps.dataDir, folder, label)
  return asideFolder(deps.dataDir, `${label}-${folder.districtCode}`)
}

const NOTHING_SETTLED = {
  ...{ handedOverAt: null, documentsHandedOverAt: null, documentsLost: 0, reportedAt: null }
} as const

/** Those whose command has no number yet. Some of them may have gone up since the last of them did. */
export const countUnsentDocuments = ({ documentCapsuleFile }: StoreFolder): number =>
  peekRescueCapsule(documentCapsuleFile)?.commands ?? 0

/** Both capsules, of commands and of documents, open with nothing any more that lies on the PC. */
export function leaveCapsules(folder: StoreFolder, deviceSecret: Uint8Array, rescue: RescueTerms | null): void {
  for (const file of [folder.capsuleFile, folder.documentCapsuleFile]) {
    leaveCapsuleToCentre({ file, deviceSecret, rescue })
  }
}

/**
 * An order to delete what lies here under an id that no store goes by: there is only the answer to be given, unless it is
 * given already with what was deleted before and is not settled yet.
 */
export function noteNothingToErase(deps: EraseDeps, pc: { deviceId: string; serverUrl: string }): void {
  const isAnswered = eraseNotesOf(deps.dataDir, pc.deviceId).some((note) => note.reason === 'wiped' && !isSettled(note))
  if (isAnswered) return
  const label = `${deps.now().replaceAll(/[:.]/g, '-')}-erased`
  const folder = asideFolder(deps.dataDir, `${label}-${NO_DISTRICT}`)
  mkdirSync(folder.dir, { recursive: true, mode: 0o700 })
  const note = { reason: 'wiped', at: deps.now(), ...pc, unsent: 0, documents: 0 } as const
  writeEraseNote(folder, { ...note, ...NOTHING_SETTLED })
}

/** Stands for no district in the name of a folder. */
const NO_DISTRICT = '11000'

/** Finishes what was begun before the program ended. */
export function finishErasing(deps: EraseDeps, deviceSecret: Uint8Array | null): void {
  for (const folder of listStoreFolders(deps.dataDir)) {
    const note = readEraseNote(folder)
    if (note !== null) eraseStore(deps, folder, { reason: note.reason, deviceSecret })
  }
}

/** Of everything that was deleted here under this id. */
export const eraseNotesOf = (dataDir: string, deviceId: string): EraseNote[] =>
  listAsideFolders(dataDir)
    .flatMap((folder) => readEraseNote(folder) ?? [])
    .filter((note) => note.deviceId === deviceId)

/** Somebody works here again: what was deleted and settled with the centre need not be told any more. */
export function forgetErased(dataDir: string): void {
  for (const folder of listAsideFolders(dataDir)) {
    const note = readEraseNote(folder)
    if (note !== null && isSettled(note)) rmSync(folder.dir, { recursive: true })
  }
}

/** The centre has the unsent work, and knows of a deletion that it ordered. */
export const isSettled = (note: EraseNote): boolean =>
  isHandedOver(note) && (note.reason === 'lease' || note.reportedAt !== null)

/** What was not sent is at the centre, as far as it was whole. */
export const isHandedOver = (note: EraseNote): boolean =>
  (note.unsent === 0 || note.handedOverAt !== null) && (note.documents === 0 || note.documentsHandedOverAt !== null)

const storeFiles = ({ storeFile }: StoreFolder): string[] => [
  `${storeFile}-wal`,
  `${storeFile}-shm`,
  `${storeFile}-journal`,
  keyCheckPath(storeFile),
  storeFile
]

export const isBeingErased = (folder: StoreFolder): boolean => existsSync(noteFile(folder))

/** null: nothing of it was deleted. */
export function readEraseNote(folder: StoreFolder): EraseNote | null {
  if (!isBeingErased(folder)) return null
  return eraseNoteSchema.parse(JSON.parse(readFileSync(noteFile(folder), 'utf8')))
}

export const writeEraseNote = (folder: StoreFolder, note: EraseNote): void =>
  writeFileAtomically(noteFile(folder), `${JSON.stringify(note)}\n`)

const noteFile = ({ dir }: StoreFolder): string => join(dir, 'erase.json')

/** Writes zeros over the wrapped keys before the file goes. What a disk that levels its wear keeps is beyond reach. */
function overwrite(file: string): void {
  const size = statSync(file).size
  const handle = openSync(file, 'r+')
  try {
    writeSync(handle, Buffer.alloc(size), 0, size, 0)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  rmSync(file)
}
