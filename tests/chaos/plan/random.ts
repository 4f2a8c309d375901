/** Small and known (mulberry32): what a seed gives can be had again. */
export interface Random {
  /** From 0 to 1, 1 left out. */
  share(): number
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number
  pick<T>(from: readonly [T, ...T[]]): T
  /** True so often out of 1. */
  chance(probability: number): boolean
}

export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const share = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(share() * limit)
  return {
    share,
    below,
    pick: (from) => from[below(from.length)] ?? from[0],
    chance: (probability) => share() < probability
  }
}
