/**
 * Chance for demo data: xoshiro128** begun by splitmix32. Fast and the same everywhere for the same seed; anybody can
 * foretell it, so no key, token or salt may come from here.
 */
export interface DemoRandom {
  /** Begins anew for one numbered thing: the same seed and number give the same numbers from here on. */
  begin(seed: number, number: number): void
  /** 0 to 2³²−1. */
  next(): number
  /** 0 to `count` − 1. */
  below(count: number): number
  /** From `least` to `most`, both included. */
  between(least: number, most: number): number
  /** True `percent` times in a hundred. */
  chance(percent: number): boolean
  pick<T>(list: readonly T[]): T
}

const RANGE = 0x1_0000_0000

export function createDemoRandom(): DemoRandom {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  const next = (): number => {
    const five = Math.imul(b, 5)
    const result = Math.imul((five << 7) | (five >>> 25), 9)
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return result >>> 0
  }
  const below = (count: number): number => Math.floor((next() / RANGE) * count)
  return {
    begin(seed, number) {
      const mixed = splitmix(Math.trunc(seed) ^ splitmix(number) ^ splitmix(Math.floor(number / RANGE) + 1))
      a = mixed
      b = splitmix(a)
      c = splitmix(b)
      d = splitmix(c) | 1 // four zeros would stay zeros
    },
    next,
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (percent) => next() < (percent / 100) * RANGE,
    pick: (list) => {
      const picked = list[below(list.length)]
      if (picked === undefined) throw new Error('nothing to pick from')
      return picked
    }
  }
}

function splitmix(value: number): number {
  let mixed = (value + 0x9e3779b9) | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
  return mixed ^ (mixed >>> 15)
}

/** A list in which each value stands as often as it weighs, to pick from evenly. */
export const weighted = <T>(weights: ReadonlyArray<readonly [value: T, weight: number]>): readonly T[] =>
  weights.flatMap(([value, weight]) => Array.from({ length: weight }, () => value))
