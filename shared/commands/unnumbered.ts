import type { AnyCommand } from './any-command.ts'
import type { Command } from './command.ts'

export type AttachCommand = Extract<Command, { name: 'case.attach' }>

/**
 * A document whose command had no number yet when its PC handed it over: the command goes by the document's own id, and
 * what stands as its number says nothing. A numbered one has an id of its own.
 */
export const isUnnumbered = (command: AnyCommand): command is AttachCommand =>
  command.name === 'case.attach' && command.id === command.args.documentId
