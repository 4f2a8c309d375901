import type { VersionedField } from '#shared/domain/case/case.ts'
import type { CommandBase } from './command.ts'

/**
 * Which revision a field gets at the centre is unknown until the centre has answered. A field that an unsent command of
 * a PC changed therefore carries that command's own mark in place of a revision: a later edit of the same field says
 * by it "I saw what my command number 7 had made of it". Guessing the centre's next number instead would report a
 * conflict with oneself, or overlook one with somebody else, as soon as another desk changes the case in between.
 */
const FIRST_MARK = 1_000_000_000

export const markOf = (deviceSeq: number): number => FIRST_MARK + deviceSeq

/** The command of the PC that a mark stands for; null when the number is a revision of the centre. */
export const markedCommand = (rev: number): number | null => (rev > FIRST_MARK ? rev - FIRST_MARK : null)

/** Whether some field of the base was last changed by a command that the centre has not answered yet. */
export const hasMarks = (base: CommandBase): boolean => Object.values(base).some((rev) => markedCommand(rev) !== null)

/** Replaces the marks in a base; those that `revOf` knows nothing of stay. */
export function resolveMarks(
  base: CommandBase,
  revOf: (deviceSeq: number, field: VersionedField) => number | null
): CommandBase {
  const entries = Object.entries(base) as Array<[VersionedField, number]>
  return Object.fromEntries(
    entries.map(([field, rev]) => {
      const command = markedCommand(rev)
      return [field, command === null ? rev : (revOf(command, field) ?? rev)]
    })
  )
}
