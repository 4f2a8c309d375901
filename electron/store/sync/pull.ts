import { err, ok, type Result } from '#shared/foundation/result.ts'
import { readPullLine } from '#shared/sync-protocol/read-pull-line.ts'
import type { StoreDb } from '../db/database.ts'
import { createIndexPass } from '../db/index-pass.ts'
import { createIndexSweep } from '../db/index-sweep.ts'
import { createListGatherer, type GatherThreadDep, type ListGatherer } from '../db/list-gatherer.ts'
import { META_KEYS, readMeta, readMetaNumber } from '../db/meta.ts'
import { staffTag } from '../staff/staff.ts'
import type { CentreClient } from './centre-client.ts'
import type { CentreFailure } from './centre-failure.ts'
import type { PullPart, PullStream } from './pull-parts.ts'
import { createReception, meetCentre, type Reception, type ReceptionDeps } from './reception.ts'
import { receiveSnapshot, type SnapshotDeps } from './snapshot.ts'
import { createTurns, type Turns } from './turns.ts'

export interface PullDeps extends Omit<ReceptionDeps, 'onLoaded'>, SnapshotDeps, GatherThreadDep {
  readonly onFault: (fault: unknown) => void
}

/**
 * Receives what has changed at the centre since this PC's cursor. What came before the line broke off is kept, and the
 * next pull goes on from there.
 */
export async function pullChanges(deps: PullDeps): Promise<Result<null, CentreFailure>> {
  const { db, client, signal } = deps
  const turns = createTurns(deps.monotonicMs)
  const index = createIndexPass(db)
  const sweep = createIndexSweep(db)
  const gatherer = createListGatherer(deps)
  const catchUp = async (): Promise<void> => {
    await gatherer.write(turns.letOthersIn)
    for (const work of [index, sweep]) while (!signal.aborted && work.step()) await turns.letOthersIn()
  }
  if (isFirstPull(db)) {
    const received = await receiveSnapshot(deps, () => meetAtLine(db, client, signal))
    if (!received.ok) return received
  }
  await catchUp() // a download that a crash ended had come further than its index
  const [cursor, batchCursor] = [readMetaNumber(db, META_KEYS.cursor), readMetaNumber(db, META_KEYS.batchCursor)]
  const stream = await client.pull({ cursor, batchCursor, staffTag: staffTag(db) }, signal)
  if (!stream.ok) return stream
  const reception = createReception({ ...deps, onLoaded: gatherer.add })
  try {
    const received = await receive(stream.value, { ...deps, reception, gatherer, turns, catchUp })
    reception.end()
    await catchUp() // with the log again: its many small commits then wait for no disk
    return received
  } finally {
    gatherer.close()
    reception.end()
  }
}

/** This PC has nothing of the centre yet. */
const isFirstPull = (db: StoreDb): boolean =>
  readMetaNumber(db, META_KEYS.cursor) === 0 && readMeta(db, META_KEYS.lastReceivedAt) === null

interface Receiving {
  readonly reception: Reception
  readonly gatherer: ListGatherer
  readonly turns: Turns
  readonly signal: AbortSignal
  readonly catchUp: () => Promise<void>
  readonly monotonicMs: () => number
}

/** Whoever has waited so long for a download wants to search what has come; a quick one is indexed once, at its end. */
const INDEX_EVERY_MS = 20_000

async function receive(stream: PullStream, receiving: Receiving): Promise<Result<null, CentreFailure>> {
  const { reception, gatherer, turns, signal, catchUp, monotonicMs } = receiving
  let indexedAt = monotonicMs()
  const afterStoring = async (): Promise<void> => {
    await turns.letOthersIn()
    await gatherer.keptUp()
    if (monotonicMs() - indexedAt <= INDEX_EVERY_MS || !reception.isIndexFarBehind()) return
    await catchUp()
    indexedAt = monotonicMs()
  }
  for await (const part of stream) {
    const taken = await takePart(part, { ...receiving, afterStoring })
    if (!taken.ok) return taken
    if (signal.aborted) return err({ type: 'Unreachable' })
  }
  return signal.aborted ? err({ type: 'Unreachable' }) : reception.close()
}

async function takePart(
  part: PullPart,
  { reception, turns, signal, afterStoring }: Receiving & { readonly afterStoring: () => Promise<void> }
): Promise<Result<null, CentreFailure>> {
  if (part.type === 'page') {
    const taken = await reception.takePage(part.page, turns.letOthersIn)
    if (taken.ok) await afterStoring()
    return taken
  }
  for (const line of part.lines) {
    const taken = takeLine(reception, line)
    if (!taken.ok) return taken
    if (reception.isFull()) {
      const stored = reception.store()
      if (!stored.ok) return stored
      await afterStoring()
    } else if (turns.isOver()) await turns.letOthersIn()
    if (signal.aborted) return err({ type: 'Unreachable' })
  }
  return ok(null)
}

/** Beyond every stream: the centre answers who it is, and nothing else. */
const BEYOND = Number.MAX_SAFE_INTEGER

/** Looks who answers, without taking anything. */
export async function meetAtLine(
  db: StoreDb,
  client: CentreClient,
  signal: AbortSignal
): Promise<Result<null, CentreFailure>> {
  const stream = await client.pull({ cursor: BEYOND, staffTag: staffTag(db) }, signal)
  if (!stream.ok) return stream
  for await (const part of stream.value) {
    for (const text of part.type === 'lines' ? part.lines : []) {
      const line = readPullLine(text)
      if (line?.type === 'start') return meetCentre(db, line)
    }
  }
  return err({ type: 'Unreachable' })
}

function takeLine(reception: Reception, text: string): Result<null, CentreFailure> {
  if (text === '') return ok(null)
  const line = readPullLine(text)
  return line === null ? misfit(reception) : reception.take(line)
}

/** Something does not fit the protocol: what came before it stays. */
function misfit(reception: Reception): Result<null, CentreFailure> {
  const stored = reception.store()
  return stored.ok ? err({ type: 'ProtocolMismatch' }) : stored
}
