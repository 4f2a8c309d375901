import type { LaterDep } from '#shared/foundation/deps.ts'
import { pokeSchema } from '#shared/sync-protocol/poke.ts'
import type { CentreClient } from './centre-client.ts'
import type { CentreFailure } from './centre-failure.ts'

export interface PokeLineDeps extends LaterDep {
  readonly client: CentreClient
  /** The centre says how far the district's stream goes. */
  readonly onPoke: (cursor: number) => void
  /** The line is open no longer, or could not be opened (why): for the how-manieth time without having lasted in between. */
  readonly onClosed: (breaks: number, failure: CentreFailure | null) => void
  /** A fault of the program, not of the line. */
  readonly onFault: (fault: unknown) => void
}

export interface PokeLine {
  /** Opens the line unless it is open or opening. */
  open(): void
  isOpen(): boolean
  close(): void
}

/** The centre sends a sign of life every 15 s: a line that is silent for longer is dead, whatever TCP believes. */
const LONGEST_SILENCE_MS = 40_000
const LASTING_MS = 10_000

/** The open ear for the centre's "something changed" (server-sent events). It does not try again by itself. */
export function createPokeLine(deps: PokeLineDeps): PokeLine {
  let breaks = 0
  let current: { readonly controller: AbortController; isOpen: boolean } | null = null

  const listen = async (line: NonNullable<typeof current>): Promise<CentreFailure | null> => {
    const { signal } = line.controller
    const stream = await deps.client.poke(signal)
    if (!stream.ok) return stream.error
    if (signal.aborted) return null
    line.isOpen = true
    const callOffLasting = deps.later(LASTING_MS, () => {
      breaks = 0
    })
    let callOff = deps.later(LONGEST_SILENCE_MS, () => line.controller.abort())
    try {
      for await (const lines of stream.value) {
        if (signal.aborted) return null
        callOff()
        callOff = deps.later(LONGEST_SILENCE_MS, () => line.controller.abort())
        const cursor = newestCursor(lines)
        if (cursor !== null) deps.onPoke(cursor)
      }
      return null
    } finally {
      callOff()
      callOffLasting()
    }
  }

  return {
    open: () => {
      if (current !== null) return
      const line = { controller: new AbortController(), isOpen: false }
      current = line
      const closed = (failure: CentreFailure | null): void => {
        if (current !== line) return
        current = null
        breaks += 1
        deps.onClosed(breaks, failure)
      }
      listen(line).then(closed, (fault: unknown) => {
        deps.onFault(fault)
        closed(null)
      })
    },
    isOpen: () => current?.isOpen ?? false,
    close: () => {
      const line = current
      current = null
      line?.controller.abort()
    }
  }
}

const DATA = 'data:'

/** The last readable event among the lines. */
function newestCursor(lines: readonly string[]): number | null {
  for (const line of lines.toReversed()) {
    if (!line.startsWith(DATA)) continue
    const poke = pokeSchema.safeParse(jsonOrNull(line.slice(DATA.length)))
    if (poke.success) return poke.data.cursor
  }
  return null
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
