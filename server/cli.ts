import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ACCOUNT_COMMANDS } from './cli/account-commands.ts'
import { CASE_COMMANDS } from './cli/case-commands.ts'
import { type Answer, CLI_OPTIONS, type CliCommand, type CliOptions, fail } from './cli/command.ts'
import { DESTRUCTION_COMMANDS } from './cli/destruction-commands.ts'
import { DEVICE_COMMANDS } from './cli/device-commands.ts'
import { LOG_COMMANDS } from './cli/log-commands.ts'
import { RETENTION_COMMANDS } from './cli/retention-commands.ts'
import { readDatabaseConfig } from './config.ts'
import { openDatabases } from './database-access.ts'
import { isDatabaseAway } from './db/run-tx.ts'
import { MasterKeyWrongError } from './keys/epochs.ts'
import { KeysOfAnotherCentreError } from './keys/key-ring.ts'

const COMMANDS: Readonly<Record<string, CliCommand>> = {
  ...ACCOUNT_COMMANDS,
  ...DEVICE_COMMANDS,
  ...CASE_COMMANDS,
  ...LOG_COMMANDS,
  ...RETENTION_COMMANDS,
  ...DESTRUCTION_COMMANDS
}

const answer = await main(process.argv.slice(2))
process[answer.ok ? 'stdout' : 'stderr'].write(`${answer.text}\n`)
process.exitCode = answer.ok ? 0 : 1

async function main(args: readonly string[]): Promise<Answer> {
  const read = readArguments(args)
  if (read === null) return fail(readFileSync(import.meta.filename.replace(/\.ts$/, '.usage.txt'), 'utf8'))
  const config = readDatabaseConfig(process.env, read.options.data)
  if (!config.ok) return fail(config.error.message)
  const databases = await openDatabases(config.value)
  try {
    return await read.command.run(databases, read)
  } catch (fault) {
    if (!isForOperator(fault)) throw fault
    return fail(`Not finished: ${fault.message || fault.name}`)
  } finally {
    await databases.stop()
  }
}

/** A database out of reach, or keys that do not fit: no fault of the program, and the words name no password. */
function isForOperator(fault: unknown): fault is Error {
  if (!(fault instanceof Error)) return false
  return isDatabaseAway(fault) || fault instanceof MasterKeyWrongError || fault instanceof KeysOfAnotherCentreError
}

interface ReadArguments {
  readonly command: CliCommand
  readonly argument: string
  readonly options: CliOptions
}

function readArguments(args: readonly string[]): ReadArguments | null {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: CLI_OPTIONS, allowPositionals: true })
    const [name = '', argument, ...more] = positionals
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (command === undefined || more.length > 0) return null
    if ((command.argument === null) !== (argument === undefined)) return null
    return { command, argument: argument ?? '', options: values }
  } catch {
    return null // an option that does not exist: the usage says which do
  }
}
