import { type Command, commandSchema } from '#shared/commands/command.ts'
import type { PushRequest } from '#shared/sync-protocol/push.ts'

/** A command as it came: its identity, and its content if that can be understood. */
export interface ReadCommand {
  readonly id: string
  readonly deviceSeq: number
  /** null: it does not fit its schema, or speaks for another PC. */
  readonly command: Command | null
}

export function readCommand(raw: PushRequest['commands'][number], deviceId: string): ReadCommand {
  const parsed = commandSchema.safeParse(raw)
  const isOfDevice = parsed.success && parsed.data.deviceId === deviceId
  return { id: raw.id, deviceSeq: raw.deviceSeq, command: isOfDevice ? parsed.data : null }
}
