import { type AnyCommand, anyCommandSchema, isCaseCommand } from '#shared/commands/any-command.ts'
import type { Command } from '#shared/commands/command.ts'
import type { BatchCommand } from '#shared/commands/destruction/batch-command.ts'
import type { RawCommand } from '#shared/sync-protocol/push.ts'

/** A command as it came: its identity, and its content if that can be understood. */
export interface ReadCommand {
  readonly id: string
  /** The PC that sent it. */
  readonly deviceId: string
  /** null: a document that was handed over before its command had a number. */
  readonly deviceSeq: number | null
  /** The account whose session brought it; null: it came in a capsule. */
  readonly sentBy: string | null
  /** null: it does not fit its schema, speaks for another PC, or is of a time that PostgreSQL has no date for. */
  readonly command: AnyCommand | null
}

/** The command, where it is one about a case that could be read. */
export const caseCommandOf = ({ command }: Pick<ReadCommand, 'command'>): Command | null =>
  command !== null && isCaseCommand(command) ? command : null

/** The command, where it is one about a destruction batch that could be read. */
export const batchCommandOf = ({ command }: Pick<ReadCommand, 'command'>): BatchCommand | null =>
  command !== null && !isCaseCommand(command) ? command : null

const FIRST_YEAR = '0001'

export function readCommand(
  raw: RawCommand,
  { deviceId, sentBy }: Pick<ReadCommand, 'deviceId' | 'sentBy'>
): ReadCommand {
  const parsed = anyCommandSchema.safeParse(raw)
  const isUsable = parsed.success && parsed.data.deviceId === deviceId && parsed.data.issuedAt >= FIRST_YEAR
  return { id: raw.id, deviceId, deviceSeq: raw.deviceSeq, sentBy, command: isUsable ? parsed.data : null }
}
