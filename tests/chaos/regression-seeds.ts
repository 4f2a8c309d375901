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
  { seed: 202, rounds: 200, found: 'a case that got an earlier phone back was not found by it' },
  { seed: 9004, rounds: 100, found: 'a lock while a file was taken in was a fault of the program' },
  {
    seed: 9103,
    rounds: 150,
    found: 'a lost vault, and two restores of one backup: a gap in the numbers, cases that came not back'
  },
  {
    seed: 82014,
    rounds: 300,
    found: 'a destroyed case got a new key while a PC gave it back; a journal line of a withdrawn case stayed readable'
  },
  {
    seed: 82043,
    rounds: 250,
    found: 'two districts kept one case after a restore had lost its move'
  },
  {
    seed: 84009,
    rounds: 350,
    found: 'what waited at a PC counted as answered from a sign-in on, and after a restore as a copy’s'
  },
  {
    seed: 91002,
    rounds: 450,
    found: 'of two PCs with the same files the one that was set back reported first, and the other was not heard'
  },
  { seed: 92007, rounds: 200, found: 'documents waited for good where something else stood refused at their PC' },
  { seed: 94012, rounds: 150, found: 'a PC that hung up before the first piece of its answer was logged as a fault' },
  {
    seed: 94108,
    rounds: 200,
    found:
      'a PC whose pass was over did not hear that it was shut out; one that came in anew after a restore was asked for good'
  }
]
