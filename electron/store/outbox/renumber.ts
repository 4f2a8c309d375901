import { type AnyCommand, isCaseCommand } from '#shared/commands/any-command.ts'
import { markOf, resolveMarks } from '#shared/commands/marks.ts'
import type { ReadableDb } from '../db/database.ts'
import { entryById } from './outbox.ts'

/** A field that is not said to have been seen later was seen as the case began. */
const FIRST_REV = 1

/**
 * Commands of a store that was set back or copied, as commands of this PC's next id: numbered on after `lastSeq` in their
 * order, each under its own id, so that the centre knows those it has had. One that was brought before keeps its number.
 */
export function renumber(
  db: ReadableDb,
  commands: readonly AnyCommand[],
  { deviceId, lastSeq }: { deviceId: string; lastSeq: number }
): { commands: readonly AnyCommand[]; lastDeviceSeq: number } {
  const inOrder = [...new Map(commands.map((command) => [command.id, command])).values()].sort(
    (a, b) => a.deviceSeq - b.deviceSeq
  )
  const numbers = new Map<number, number>()
  let lastDeviceSeq = lastSeq
  const renumbered = inOrder.map((command): AnyCommand => {
    const before = entryById(db, command.id)
    if (before === null) lastDeviceSeq += 1
    const deviceSeq = before?.command.deviceSeq ?? lastDeviceSeq
    numbers.set(command.deviceSeq, deviceSeq)
    if (!isCaseCommand(command)) return { ...command, deviceId, deviceSeq }
    const base = resolveMarks(command.base, (seq) => {
      const now = numbers.get(seq)
      return now === undefined ? FIRST_REV : markOf(now)
    })
    return { ...command, deviceId, deviceSeq, base }
  })
  return { commands: renumbered, lastDeviceSeq }
}
