import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const script = join(import.meta.dirname, '../testing/uncaught-fault.ts')

test.each(['thrown', 'rejected'])(
  'a fault that nothing caught (%s) ends the process without a word of what it read',
  (how) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, how], { encoding: 'utf8' })
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: 'fault-1 uncaught SyntaxError\n' })
  }
)
