import { ok } from '#shared/foundation/result.ts'
import type { FirstDownloadView } from '#shared/ipc/download-views.ts'
import type { StoreDb } from '../db/database.ts'
import { META_KEYS, readMeta, writeMeta } from '../db/meta.ts'

/** What is known of a download while it lasts; it is the first one until a pull has come to its end. */
export interface FirstDownload {
  isOver(): boolean
  pause(): void
  resume(): void
  /** What to show while a person has it stopped; null: it is not. */
  paused(): Told | null
  /** Cases of the district that were here before the stream that now comes. */
  casesHere(): number
  /** For the window; null when nothing need be told yet. Each call is a sample of the speed. */
  view(progress: { readonly done: number; readonly of: number }): Told | null
}

export interface Told {
  readonly done: number
  readonly of: number
  readonly firstDownload: FirstDownloadView
}

/** The window is told at most this often: a bar moves no smoother for more. */
const TELL_MS = 200
/** The speed is that of the last seconds, so that a line that slows down shows. */
const SPEED_MS = 5000
const SHORTEST_MS = 800

export function createFirstDownload(deps: { readonly db: StoreDb; readonly monotonicMs: () => number }): FirstDownload {
  const { db, monotonicMs } = deps
  let samples: Array<{ readonly at: number; readonly done: number }> = []
  let toldAt = Number.NEGATIVE_INFINITY
  let lastOf = 0
  const begin = (): void => {
    samples = []
    toldAt = Number.NEGATIVE_INFINITY
  }
  const casesHere = (): number => db.pluck<number>('SELECT cases FROM case_totals WHERE one = 1') ?? 0
  const isOver = (): boolean => readMeta(db, META_KEYS.lastReceivedAt) !== null

  const speed = (done: number): number | null => {
    const now = monotonicMs()
    samples = [...samples.filter(({ at }) => now - at <= SPEED_MS), { at: now, done }]
    const [first] = samples
    if (first === undefined || now - first.at < SHORTEST_MS) return null
    return Math.round(((done - first.done) * 1000) / (now - first.at))
  }
  return {
    isOver,
    casesHere,
    pause: () => {
      begin()
      db.write((tx) => ok(writeMeta(tx, META_KEYS.downloadPausedOf, Math.max(lastOf, casesHere()))))
    },
    resume: () => {
      begin()
      db.write((tx) => ok(writeMeta(tx, META_KEYS.downloadPausedOf, NOT_PAUSED)))
    },
    paused: () => {
      const of = readMeta(db, META_KEYS.downloadPausedOf) ?? NOT_PAUSED
      if (of === NOT_PAUSED || isOver()) return null
      const done = casesHere()
      return {
        done,
        of: Math.max(done, Number(of)),
        firstDownload: { perSecond: null, secondsLeft: null, isPaused: true }
      }
    },
    view: ({ done, of }) => {
      lastOf = of
      const now = monotonicMs()
      if (now - toldAt < TELL_MS && done < of) return null
      toldAt = now
      const perSecond = speed(done)
      const secondsLeft = perSecond === null || perSecond === 0 ? null : Math.ceil((of - done) / perSecond)
      return { done, of, firstDownload: { perSecond, secondsLeft, isPaused: false } }
    }
  }
}

const NOT_PAUSED = ''
