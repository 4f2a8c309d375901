import { fileURLToPath } from 'node:url'
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { z } from 'zod'
import { usageOf } from './usage.mjs'

const EXIT_USAGE = 2

/**
 * Reads the command line of the script at `url` by its schema: `--name VALUE` for each key, `--name` alone for those in
 * `flags`. What cannot be read ends the process with what is wrong and how the script is called.
 */
export function readScriptOptions<S extends z.ZodObject>(
  url: string,
  schema: S,
  { flags = [] }: { flags?: readonly string[] } = {}
): z.output<S> {
  const options: ParseArgsOptionsConfig = Object.fromEntries(
    Object.keys(schema.shape).map((name) => [name, { type: flags.includes(name) ? 'boolean' : 'string' }])
  )
  const read = readCommandLine(schema, options)
  if (read.success) return read.data
  process.stderr.write(`${read.problem}\n\n${usageOf(fileURLToPath(url))}`)
  process.exit(EXIT_USAGE)
}

function readCommandLine<S extends z.ZodObject>(schema: S, options: ParseArgsOptionsConfig) {
  try {
    const parsed = schema.safeParse(parseArgs({ options }).values)
    return parsed.success ? parsed : { success: false as const, problem: z.prettifyError(parsed.error) }
  } catch (fault) {
    return {
      success: false as const,
      problem: fault instanceof Error ? fault.message : 'The command line is not usable.'
    }
  }
}
