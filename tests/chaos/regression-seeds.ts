/**
 * Seeds that once found a bug, with what it was. A run is cut to the rounds that it needs. A new kind of step gives every
 * seed another plan: what was found has a small test of its own besides.
 */
export interface RegressionSeed {
  readonly seed: number
  readonly rounds: number
  readonly found: string
}

export const REGRESSION_SEEDS: readonly RegressionSeed[] = [
  { seed: 202, rounds: 200, found: 'a case that got an earlier phone back was not found by it' }
]
