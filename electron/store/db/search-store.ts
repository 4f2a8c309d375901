import { existsSync } from 'node:fs'
import { type FileHandle, open, readdir } from 'node:fs/promises'
import path from 'node:path'
import { type PageOpener, SALT_BYTES } from '#shared/cipher/sqlcipher-page.ts'
import { PAGE_BYTES } from '#shared/cipher/sqlcipher-sizes.ts'
import type { ErasurePlace, PlaceFound } from '#shared/domain/erasure/erasure-place.ts'
import { createMarkerSearch, type MarkerSearch, type MarkerSet } from '#shared/domain/erasure/marker-search.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { pageOpener } from '../keys/node-crypto.ts'

export interface StoreToSearch {
  readonly file: string
  /** The raw store key, 32 bytes. */
  readonly key: Uint8Array
  readonly markers: MarkerSet
  /** Folders in which the program or the system keep passing files; not the store's own. */
  readonly tempFolders?: readonly string[]
  /** Gives the thread to whoever waits, every few milliseconds. */
  readonly between?: () => Promise<void>
}

type StorePlace = Extract<ErasurePlace, `store_${string}`>
type Searches = Readonly<Record<StorePlace, MarkerSearch>>

/**
 * Looks for markers in everything that belongs to a store: each page as it opens under the key, whether SQLite uses it or
 * not, each frame of the write-ahead log, also those of before the last merge, and every other file of the folder and
 * of the temp folders as it is. Reads the files alone, so the store may be open.
 */
export async function searchStore(store: StoreToSearch): Promise<Result<PlaceFound[], { readonly type: 'KeyWrong' }>> {
  const one = (): MarkerSearch => createMarkerSearch(store.markers)
  const searches: Searches = {
    ...{ store_pages: one(), store_free: one(), store_log: one() },
    ...{ store_shm: one(), store_files: one(), store_temp: one() }
  }
  const between = store.between ?? (async () => undefined)
  const opener = await openerOf(store)
  if (opener === null) return err({ type: 'KeyWrong' })
  const folder = path.dirname(store.file)
  for (const file of await filesBelow(folder)) await searchOne({ ...store, between, opener }, file, searches)
  for (const temp of store.tempFolders ?? [])
    for (const file of await filesBelow(temp))
      if (!file.startsWith(folder + path.sep)) await searchRaw(file, searches.store_temp, between)
  return ok(Object.entries(searches).map(([place, { bytes, found }]) => ({ place: place as StorePlace, bytes, found })))
}

/** null: its first page does not open under the key; what would be searched is noise. */
async function openerOf({ file, key }: Pick<StoreToSearch, 'file' | 'key'>): Promise<PageOpener | null> {
  const pageOne = new Uint8Array(PAGE_BYTES)
  await withFile(file, async (handle) => void (await handle.read(pageOne, 0, PAGE_BYTES, 0)))
  const opener = pageOpener(key, pageOne.slice(0, SALT_BYTES))
  return opener.fits(pageOne) ? opener : null
}

interface OpenedStore extends StoreToSearch {
  readonly opener: PageOpener
  readonly between: () => Promise<void>
}

async function searchOne(store: OpenedStore, file: string, searches: Searches): Promise<void> {
  const { between } = store
  if (file === store.file) return searchPages(store, searches)
  if (file === `${store.file}-wal`) return searchLog(store, file, searches.store_log)
  if (file === `${store.file}-shm`) return searchRaw(file, searches.store_shm, between)
  const opener = file === `${store.file}.incoming` ? await openerOf({ ...store, file }) : null
  if (opener === null) return searchRaw(file, searches.store_files, between)
  return searchPages({ ...store, file, opener }, { ...searches, store_pages: searches.store_files })
}

const PIECE_PAGES = 256

/** Pages of the trees and free ones apart. */
async function searchPages({ file, opener, between }: OpenedStore, searches: Searches): Promise<void> {
  await withFile(file, async (handle) => {
    const free = await freePages(handle, opener)
    for await (const { at, bytes } of piecesOf(handle, PIECE_PAGES * PAGE_BYTES)) {
      for (let from = 0; from + PAGE_BYTES <= bytes.length; from += PAGE_BYTES) {
        const no = (at + from) / PAGE_BYTES + 1
        const search = free.has(no) ? searches.store_free : searches.store_pages
        search.take(opener.open(no, bytes.subarray(from, from + PAGE_BYTES)))
        search.endFile() // what goes on in another page does so anywhere in the file
      }
      await between()
    }
  })
}

const [TRUNK_AT, COUNT_AT, SALT_GAP] = [32, 36, SALT_BYTES]

/** The free pages by SQLite's own list: trunk pages, each with the numbers of its leaves. */
async function freePages(handle: FileHandle, opener: PageOpener): Promise<ReadonlySet<number>> {
  const read = async (no: number): Promise<DataView> => {
    const page = new Uint8Array(PAGE_BYTES)
    await handle.read(page, 0, PAGE_BYTES, (no - 1) * PAGE_BYTES)
    const plain = Uint8Array.from(opener.open(no, page))
    return new DataView(plain.buffer)
  }
  const head = await read(1)
  const most = head.getUint32(COUNT_AT - SALT_GAP)
  const free = new Set<number>()
  for (let trunk = head.getUint32(TRUNK_AT - SALT_GAP); trunk !== 0 && free.size < most && !free.has(trunk); ) {
    free.add(trunk)
    const page = await read(trunk)
    const leaves = Math.min(page.getUint32(4), page.byteLength / 4 - 2)
    for (let leaf = 0; leaf < leaves; leaf++) free.add(page.getUint32(8 + leaf * 4))
    trunk = page.getUint32(0)
  }
  return free
}

const LOG_HEADER_BYTES = 32
const FRAME_HEADER_BYTES = 24

/** Every frame in the file, whatever its place: those of before a merge stay behind the newest until they are written over. */
async function searchLog({ opener, between }: OpenedStore, file: string, search: MarkerSearch): Promise<void> {
  const frame = FRAME_HEADER_BYTES + PAGE_BYTES
  await withFile(file, async (handle) => {
    for await (const { bytes } of piecesOf(handle, PIECE_PAGES * frame, LOG_HEADER_BYTES)) {
      for (let from = 0; from + frame <= bytes.length; from += frame) {
        const no = new DataView(bytes.buffer, bytes.byteOffset + from, 4).getUint32(0)
        search.take(opener.open(no, bytes.subarray(from + FRAME_HEADER_BYTES, from + frame)))
        search.endFile()
      }
      await between()
    }
  })
}

async function searchRaw(file: string, search: MarkerSearch, between: () => Promise<void>): Promise<void> {
  await withFile(file, async (handle) => {
    for await (const { bytes } of piecesOf(handle, PIECE_PAGES * PAGE_BYTES)) {
      search.take(bytes)
      await between()
    }
    search.endFile()
  })
}

async function* piecesOf(handle: FileHandle, size: number, from = 0) {
  const room = new Uint8Array(size)
  for (let at = from; ; ) {
    const { bytesRead } = await handle.read(room, 0, size, at)
    if (bytesRead === 0) return
    yield { at, bytes: room.subarray(0, bytesRead) }
    at += bytesRead
  }
}

/** A file that has gone meanwhile has nothing any more. */
async function withFile(file: string, work: (handle: FileHandle) => Promise<void>): Promise<void> {
  const handle = await open(file).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return null
    throw fault
  })
  if (handle === null) return
  try {
    await work(handle)
  } finally {
    await handle.close()
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return []
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name))
}
