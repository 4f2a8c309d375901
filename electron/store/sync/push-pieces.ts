import { type AnyCommand, isCaseCommand } from '#shared/commands/any-command.ts'
import { MAX_COMMANDS_A_PUSH, MAX_PUSH_BYTES, MAX_PUSH_LINE_BYTES, type PushLine } from '#shared/sync-protocol/push.ts'
import type { StoreDb } from '../db/database.ts'
import { META_KEYS, readMetaNumber } from '../db/meta.ts'
import { waitingAfter } from '../outbox/outbox.ts'
import { hasMarks } from '../outbox/seen-revisions.ts'

/** Entries that are in memory at a time. */
const PAGE = 100
/** A character of JSON takes at most three bytes. */
const MAX_CHARACTERS = Math.floor(MAX_PUSH_BYTES / 4)

/**
 * The lines of one push, from the oldest waiting command on, a piece at a time as the line to the centre can take it. A
 * command that was made on top of another unsent change of the same field ends the push before it: it waits for that
 * one's answer, because only then is it known which revision its maker had seen.
 */
export async function* pushPieces(db: StoreDb, deviceId: string): AsyncGenerator<string> {
  const givenUpTo = readMetaNumber(db, META_KEYS.givenUpTo)
  let piece = lineOf({ type: 'start', deviceId, ...(givenUpTo > 0 && { givenUpTo }) })
  let commands = 0
  let characters = piece.length
  for (let page = waitingAfter(db, 0, PAGE); ; page = waitingAfter(db, page.at(-1)?.command.deviceSeq ?? 0, PAGE)) {
    for (const { command } of page) {
      const line = commandLine(command)
      characters += line.length
      const isFull = commands === MAX_COMMANDS_A_PUSH || characters > MAX_CHARACTERS
      if (commands > 0 && (isFull || waitsForAnswer(command))) return yield piece
      commands += 1
      piece += line
    }
    yield piece
    piece = ''
    if (page.length < PAGE) return
  }
}

const waitsForAnswer = (command: AnyCommand): boolean => isCaseCommand(command) && hasMarks(command.base)

/**
 * A command that no line holds goes out by its name alone: the centre refuses it as unreadable, under its own number, and
 * the others go on. Its content stays here for its author.
 */
function commandLine(command: AnyCommand): string {
  const line = lineOf({ type: 'command', command })
  if (Buffer.byteLength(line) <= MAX_PUSH_LINE_BYTES) return line
  const { id, deviceSeq } = command
  return lineOf({ type: 'command', command: { id, deviceSeq } })
}

const lineOf = (line: PushLine): string => `${JSON.stringify(line)}\n`
