export interface Numbered<T> {
  /** From 1. */
  readonly no: number
  readonly item: T
}

/** A paper is drawn once and its rows may be alike: each is known by its place in it. */
export const numbered = <T>(items: readonly T[]): Numbered<T>[] => items.map((item, at) => ({ no: at + 1, item }))
