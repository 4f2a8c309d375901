import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ACCOUNT_COMMANDS } from './account-commands.ts'
import { CASE_COMMANDS } from './case-commands.ts'
import { CLI_OPTIONS } from './command.ts'
import { DESTRUCTION_COMMANDS } from './destruction-commands.ts'
import { DEVICE_COMMANDS } from './device-commands.ts'
import { LOG_COMMANDS } from './log-commands.ts'
import { RETENTION_COMMANDS } from './retention-commands.ts'

test('the usage names every command with what it takes, every option, and nothing else', () => {
  const usage = readFileSync(path.join(import.meta.dirname, '../cli.usage.txt'), 'utf8')
  const commands = {
    ...ACCOUNT_COMMANDS,
    ...DEVICE_COMMANDS,
    ...CASE_COMMANDS,
    ...LOG_COMMANDS,
    ...RETENTION_COMMANDS,
    ...DESTRUCTION_COMMANDS
  }
  const told = [...usage.matchAll(/^ {2}([a-z][a-z-]+)/gm)].map(([, name]) => name)
  expect(told.sort()).toEqual(Object.keys(commands).sort())
  const options = new Set([...usage.matchAll(/--([a-z]+)/g)].map(([, name]) => name))
  expect([...options].sort()).toEqual(Object.keys(CLI_OPTIONS).sort())
})
