import type { LineMark, LogStand } from '#shared/ipc/access-log-views.ts'

/** How the log of one PC stands, all of its chains together. */
export interface PcStanding {
  /** Lines that the PC said it has and the centre has not. */
  readonly owed: number
  readonly heardAt: string | null
  readonly marks: ReadonlyArray<{ readonly mark: LineMark; readonly lines: number }>
  readonly state: 'whole' | 'owing' | 'silent' | 'wrong'
}

/** `silent`: it has met the centre and never sent a line. */
export function standingOf({ chains, lastContactAt }: LogStand): PcStanding {
  const owed = chains.reduce((sum, { newestNo, heldUpTo }) => sum + Math.max(0, newestNo - heldUpTo), 0)
  const heardAt =
    chains
      .map((chain) => chain.heardAt)
      .toSorted()
      .at(-1) ?? null
  const lines = new Map<LineMark, number>()
  for (const chain of chains)
    for (const found of chain.marks) lines.set(found.mark, (lines.get(found.mark) ?? 0) + found.lines)
  const marks = [...lines].map(([mark, amount]) => ({ mark, lines: amount }))
  const isSilent = chains.length === 0 && lastContactAt !== null
  const state = marks.length > 0 ? 'wrong' : owed > 0 ? 'owing' : isSilent ? 'silent' : 'whole'
  return { owed, heardAt, marks, state }
}

/** Whether somebody has to look after the PC. A log that is on its way is none. */
export const hasTrouble = (pc: LogStand): boolean => standingOf(pc).state === 'wrong'
