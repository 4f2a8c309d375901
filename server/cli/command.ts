import type { DatabaseAccess } from '../database-access.ts'

/** What was done or what is wrong, for the person at the terminal. */
export interface Answer {
  readonly ok: boolean
  readonly text: string
}

export const fail = (text: string): Answer => ({ ok: false, text })
export const done = (text: string): Answer => ({ ok: true, text })

export const CLI_OPTIONS = {
  data: { type: 'string' },
  name: { type: 'string' },
  department: { type: 'string' },
  role: { type: 'string' },
  district: { type: 'string' },
  note: { type: 'string' },
  reason: { type: 'string' },
  dong: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' }
} as const

export type CliOptions = { [Name in keyof typeof CLI_OPTIONS]?: string }

/** What it takes stands in cli.usage.txt. */
export interface CliCommand {
  /** What stands behind the command's name; null: nothing may. */
  readonly argument: 'LOGIN' | 'FILE' | 'CASE' | 'ACT' | null
  run(databases: DatabaseAccess, given: { argument: string; options: CliOptions }): Promise<Answer>
}
