import { assertNever } from '#shared/foundation/assert-never.ts'
import type { IdDep, TimeDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { type PushAnswerLine, type PushOutcome, pushAnswerLineSchema } from '#shared/sync-protocol/push.ts'
import type { StoreDb } from '../db/database.ts'
import { META_KEYS, readMetaNumber, writeMeta } from '../db/meta.ts'
import { withDiskFull } from '../db/with-disk-full.ts'
import type { CentreSealDep } from '../outbox/journal.ts'
import { countOutbox, isAct, isOfCase, type OutboxEntry, waitingAfter } from '../outbox/outbox.ts'
import { parkLoss } from '../outbox/parked.ts'
import type { PolicyDep } from '../outbox/rerun.ts'
import type { CentreClient, LineStream } from './centre-client.ts'
import { type CentreFailure, failureOfApiError } from './centre-failure.ts'
import { pushPieces } from './push-pieces.ts'
import { isKeptOut, settleAnswers } from './settle-answers.ts'

export interface PushDeps extends PolicyDep, TimeDep, IdDep, CentreSealDep {
  readonly db: StoreDb
  readonly client: CentreClient
  readonly signal: AbortSignal
  readonly deviceId: string
  readonly onProgress: (progress: { readonly done: number; readonly of: number }) => void
  readonly onCases: (caseIds: readonly string[] | null) => void
  /** Destruction batches have changed at this PC. */
  readonly onBatches: () => void
  /** Commands whose case is gone have left the outbox. */
  readonly onErased: () => void
}

/** Answers of one transaction: few enough that a person typing meanwhile does not notice. */
const CHUNK = 100

/**
 * Sends what waits, in the order of its making, until nothing does. Answers are written as they come, while later
 * commands are still being sent; after a crash or a cut the unanswered commands are sent again, and the centre knows them
 * by their ids.
 */
export async function pushWaiting(deps: PushDeps): Promise<Result<{ sent: number }, CentreFailure>> {
  const of = countOutbox(deps.db).waiting
  let sent = 0
  const settled = (entries: readonly OutboxEntry[]): void => {
    if (entries.length === 0) return
    sent += entries.length
    deps.onProgress({ done: sent, of: Math.max(of, sent) })
    if (entries.some(isAct)) deps.onBatches()
    deps.onCases([...new Set(entries.filter(isOfCase).map(({ command }) => command.caseId))])
  }
  while (countOutbox(deps.db).waiting > 0) {
    const before = sent
    deps.onProgress({ done: sent, of: Math.max(of, sent) })
    const pushed = await pushOnce(deps, settled)
    if (!pushed.ok && pushed.error.type === 'NumberMissing') {
      const given = giveUpMissing(deps, pushed.error.expected)
      if (!given.ok) return given
      continue
    }
    if (!pushed.ok) return pushed
    if (sent === before) return err({ type: 'Unreachable' }) // an answer about nothing that was asked
  }
  return ok({ sent })
}

type Settled = (entries: readonly OutboxEntry[]) => void

async function pushOnce(deps: PushDeps, settled: Settled): Promise<Result<null, CentreFailure>> {
  let fault: { readonly thrown: unknown } | null = null
  const pieces = noting(pushPieces(deps.db, deps.deviceId), (thrown) => {
    fault = { thrown }
  })
  const answer = await deps.client.push(pieces, deps.signal)
  const result = answer.ok ? await takeAnswer(deps, answer.value, settled) : answer
  if (fault !== null) throw (fault as { thrown: unknown }).thrown // of the program, not of the line that it broke
  return result
}

/** Passes on what the sending throws, of which the line shows only that it broke. */
async function* noting<T>(items: AsyncIterable<T>, note: (thrown: unknown) => void): AsyncGenerator<T> {
  try {
    yield* items
  } catch (thrown) {
    note(thrown)
    throw thrown
  }
}

/** The lines up to the one that ends them. Without it the line was cut: what came holds. */
async function takeAnswer(deps: PushDeps, stream: LineStream, settled: Settled): Promise<Result<null, CentreFailure>> {
  for await (const lines of stream) {
    for (const text of lines) {
      if (text === '') continue
      const line = readAnswerLine(text)
      if (line === null) return err({ type: 'ProtocolMismatch' })
      switch (line.type) {
        case 'outcomes': {
          const written = await settleAll(deps, line.outcomes, settled)
          if (!written.ok) return written
          break
        }
        case 'end':
          return ok(null)
        case 'stopped':
          return err(failureOfApiError(line.error))
        default:
          assertNever(line)
      }
    }
  }
  return err({ type: 'Unreachable' })
}

function readAnswerLine(text: string): PushAnswerLine | null {
  try {
    return pushAnswerLineSchema.safeParse(JSON.parse(text)).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

async function settleAll(
  deps: PushDeps,
  outcomes: readonly PushOutcome[],
  settled: Settled
): Promise<Result<null, CentreFailure>> {
  const end = outcomes.findIndex(isNumberReused)
  const answered = end < 0 ? outcomes : outcomes.slice(0, end)
  for (let at = 0; at < answered.length; at += CHUNK) {
    if (deps.signal.aborted) return err({ type: 'Unreachable' })
    const written = withDiskFull(() => deps.db.write((tx) => settleAnswers(tx, deps, answered.slice(at, at + CHUNK))))
    if (!written.ok) return written
    if (answered.slice(at, at + CHUNK).some(isKeptOut)) deps.onErased()
    settled(written.value)
    await letOthersIn()
  }
  // Nothing was decided about that command and those behind it: they wait for this PC to begin anew.
  return end < 0 ? ok(null) : err({ type: 'StoreCopied' })
}

/** Another command has its number at the centre: this file was set back or copied. */
const isNumberReused = (outcome: PushOutcome): boolean =>
  outcome.type === 'Refused' && outcome.refusal.type === 'DeviceSequenceReused'

/**
 * The centre waits for a number that it never answered and whose command is not here any more: it is told not to, and the
 * outbox says that something was lost. If it did answer it once, the centre lacks what it had: nothing is given up.
 */
function giveUpMissing({ db, now, newId }: PushDeps, expected: number): Result<null, CentreFailure> {
  const next = waitingAfter(db, 0, 1)[0]?.command.deviceSeq ?? 0
  const isLostHere = readMetaNumber(db, META_KEYS.acknowledgedSeq) < expected && next > expected
  if (!isLostHere || readMetaNumber(db, META_KEYS.givenUpTo) >= next - 1) return err({ type: 'OtherCentre' })
  return withDiskFull(() =>
    db.write((tx) => {
      writeMeta(tx, META_KEYS.givenUpTo, next - 1)
      parkLoss(tx, { id: newId(), cause: 'missing', amount: next - expected, at: now() })
      return ok(null)
    })
  )
}

/** The store answers the window on the same thread: between two transactions whoever waits comes first. */
const letOthersIn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
