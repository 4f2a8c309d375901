import type { FilePlace } from './part-file.ts'

/** Where persons chose to have files, each for one file. */
export interface FilePlaces {
  /** null: nobody chose it. It may come a moment after the window has heard of it. */
  take(placeId: string): Promise<FilePlace | null>
  /** The file is there, or nothing of it is left. */
  done(placeId: string): void
}

export interface ArrivingPlaces extends FilePlaces {
  arrived(placeId: string, place: FilePlace): void
}

const ARRIVES_WITHIN_MS = 2_000

export function createFilePlaces(onDone: (placeId: string) => void): ArrivingPlaces {
  const here = new Map<string, FilePlace>()
  const awaited = new Map<string, (place: FilePlace) => void>()
  return {
    arrived: (placeId, place) => {
      const given = awaited.get(placeId)
      if (given === undefined) here.set(placeId, place)
      else given(place)
    },
    take: (placeId) => {
      const place = here.get(placeId)
      here.delete(placeId)
      if (place !== undefined) return Promise.resolve(place)
      return new Promise((resolve) => {
        const settle = (found: FilePlace | null): void => {
          awaited.delete(placeId)
          clearTimeout(timer)
          resolve(found)
        }
        const timer = setTimeout(() => settle(null), ARRIVES_WITHIN_MS)
        awaited.set(placeId, settle)
      })
    },
    done: onDone
  }
}
