/**
 * A fault of the program as it may be written down: its kind and the places in the code. Never its message, which may
 * carry what a person typed.
 */
export interface Fault {
  readonly faultId: string
  readonly where: string
  readonly kind: string
  readonly code: string | null
  readonly stack: readonly string[]
}

export type FaultLog = (fault: Fault) => void

const MOST_FRAMES = 20

export function faultOf(error: unknown, place: { faultId: string; where: string }): Fault {
  if (!(error instanceof Error)) return { ...place, kind: typeof error, code: null, stack: [] }
  const code =
    'code' in error && typeof error.code === 'string' && /^[A-Z_]{1,60}$/.test(error.code) ? error.code : null
  return { ...place, kind: error.constructor.name, code, stack: framesOf(error) }
}

/** A message of several lines stands above the frames; only lines that look like a frame are taken. */
const framesOf = (error: Error): string[] =>
  (error.stack ?? '')
    .slice(
      error.stack?.startsWith(`${error.name}: ${error.message}`) ? error.name.length + 2 + error.message.length : 0
    )
    .split('\n')
    .filter((line) => /^ {4}at \S.*:\d+:\d+\)?$/.test(line))
    .slice(0, MOST_FRAMES)
    .map((line) => line.trim())
