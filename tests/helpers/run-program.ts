import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const root = resolve(import.meta.dirname, '../..')

/** A command of the project as it is typed, without the set-up before it. */
export async function runProgram(script: string, ...args: readonly string[]): Promise<{ code: number; words: string }> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [join(root, script), ...args])
    return { code: 0, words: stdout }
  } catch (fault) {
    const { code, stdout } = fault as { code: number; stdout: string }
    return { code, words: stdout }
  }
}
