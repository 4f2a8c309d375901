import { z } from 'zod'
import { type Command, commandSchema } from './command.ts'
import { type BatchCommand, batchCommandSchema } from './destruction/batch-command.ts'

/** What a PC sends in its one order: about a case, or about a destruction batch. The name says which. */
export const anyCommandSchema = z.union([commandSchema, batchCommandSchema])
export type AnyCommand = Command | BatchCommand

export const isCaseCommand = (command: AnyCommand): command is Command => 'caseId' in command

export type AnyCommandName = AnyCommand['name']
