import type { TimeDep } from '#shared/foundation/deps.ts'
import type { PullPiece } from '#shared/sync-protocol/pull-pieces.ts'
import type { SnapshotEncoding } from '#shared/sync-protocol/snapshot.ts'
import { type Bounds, countChanges, type Page, type PageDeps, pageLines, readPage } from './change-page.ts'
import { createPagePacker } from './page-packer.ts'

/**
 * Pages of the districts' streams, packed for the desks' tables. Made once for all desks that ask within a quarter of an
 * hour, kept sealed in the memory of this app server under a key that nobody else has.
 */
export interface PageStore {
  /** The page after the cursor. */
  page(wanted: WantedPage): Promise<FoundPage>
  /** Forgets what nobody has asked for in time. */
  dropOld(): void
  close(): Promise<void>
}

export interface WantedPage extends Bounds {
  readonly encoding: SnapshotEncoding
  /** Of the centre: another one may have given the same places to other changes. */
  readonly generation: number
}

export interface FoundPage {
  readonly cursor: number
  /** null: there is nothing up to there. */
  readonly piece: Promise<PullPiece> | null
}

/** Also what a desk puts into one transaction: few enough that a person typing meanwhile does not notice. */
const PAGE_CHANGES = 1000
const KEEP_MS = 15 * 60_000
/** A district of four hundred thousand takes about ninety. */
const MOST_BYTES = 256 * 1024 * 1024

interface Kept {
  readonly cursor: number
  readonly changes: number
  readonly madeAt: number
  readonly kind: PullPiece['kind']
  readonly sealed: Uint8Array
}

export function createPageStore(
  deps: PageDeps & TimeDep & { readonly mostBytes?: number; readonly pageChanges?: number }
): PageStore {
  const { pool, cipher, mostBytes = MOST_BYTES, pageChanges = PAGE_CHANGES } = deps
  const packer = createPagePacker()
  const key = cipher.randomBytes(32)
  /** The one that was used last stands last. */
  const kept = new Map<string, Kept>()
  const making = new Map<string, Promise<FoundPage>>()
  let bytes = 0
  const nowMs = (): number => Date.parse(deps.now())

  const drop = (name: string): void => {
    bytes -= kept.get(name)?.sealed.length ?? 0
    kept.delete(name)
  }
  const keep = (name: string, page: Kept): void => {
    drop(name)
    kept.set(name, page)
    bytes += page.sealed.length
    for (const oldest of kept.keys()) {
      if (bytes <= mostBytes) return
      drop(oldest)
    }
  }
  const open = (name: string, { kind, sealed }: Kept): PullPiece => {
    const opened = cipher.open(key, sealed, name)
    if (opened === null) throw new Error('a page that was kept does not open')
    return { kind, bytes: opened }
  }
  const make = async (name: string, wanted: WantedPage): Promise<FoundPage> => {
    const page = await readPage(deps, { ...wanted, limit: pageChanges })
    const changes = page.rows.length + page.gone.length
    if (changes === 0) return { cursor: page.cursor, piece: null }
    const piece = pack(page, wanted.encoding)
    piece.catch(() => undefined) // a fault is thrown where the piece is awaited
    return { cursor: page.cursor, piece: isWhole(page) ? keepWhenMade(name, { page, changes, piece }) : piece }
  }
  const pack = async (page: Page, encoding: SnapshotEncoding): Promise<PullPiece> =>
    packer.pack({ encoding, cursor: page.cursor, lines: pageLines(deps, page) })
  const keepWhenMade = async (
    name: string,
    { page, changes, piece }: { page: Page; changes: number; piece: Promise<PullPiece> }
  ): Promise<PullPiece> => {
    const { kind, bytes: plain } = await piece
    const sealed = cipher.seal(key, plain, name)
    keep(name, { cursor: page.cursor, changes, madeAt: nowMs(), kind, sealed })
    return { kind, bytes: plain }
  }
  return {
    page: async (wanted) => {
      const name = nameOf(wanted)
      const known = kept.get(name)
      if (known === undefined || nowMs() - known.madeAt > KEEP_MS) return once(making, name, () => make(name, wanted))
      if (known.cursor > wanted.end) return make(name, wanted)
      // Changes only ever leave a stretch that was read, for a later place: as many as then are the same ones.
      const changes = await countChanges(pool, { ...wanted, end: known.cursor })
      if (changes !== known.changes) return once(making, name, () => make(name, { ...wanted, end: known.cursor }))
      kept.delete(name)
      kept.set(name, known)
      return { cursor: known.cursor, piece: Promise.resolve(open(name, known)) }
    },
    dropOld: () => {
      for (const [name, { madeAt }] of kept) if (nowMs() - madeAt > KEEP_MS) drop(name)
    },
    close: packer.close
  }
}

const nameOf = ({ districtCode, cursor, encoding, generation }: WantedPage): string =>
  `page:${districtCode}:${generation}:${cursor}:${encoding}`

/** A case that could not be read may be readable soon. */
const isWhole = ({ rows, keys }: Page): boolean => rows.every(([id]) => keys.has(id))

/** Several desks that want the same wait for one making. */
function once<T>(running: Map<string, Promise<T>>, name: string, work: () => Promise<T>): Promise<T> {
  const known = running.get(name)
  if (known !== undefined) return known
  const started = work().finally(() => running.delete(name))
  running.set(name, started)
  return started
}
