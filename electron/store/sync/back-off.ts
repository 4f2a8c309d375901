/**
 * How long to wait before the next try. Short at first, and never so long that a returned centre goes unnoticed: a person
 * who sees the network come back looks at the screen now. A thousand desks at this rate are 200 refused connections a
 * second for a centre that is down, and none for one that is up.
 */
const FIRST_MS = 500
export const LONGEST_MS = 5_000

/**
 * Doubles with each failure in a row (`failures` from 1). Half of it is left to chance, so that the desks of a district do
 * not all knock at once when the centre returns.
 */
export function backOffMs(failures: number, random: () => number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10))
  return Math.round(ceiling / 2 + (random() * ceiling) / 2)
}

/** Not before the centre said, and up to a quarter later: it says the same to many desks at once. */
export const spreadMs = (ms: number, random: () => number): number => Math.round(ms + (random() * ms) / 4)
