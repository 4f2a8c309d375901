import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { CaseRecord } from '#shared/domain/case/case.ts'

/** Writes one case a line. Refuses a file that is there already. */
export async function intoFile(file: string, records: Iterable<CaseRecord>): Promise<void> {
  await pipeline(Readable.from(linesOf(records)), createWriteStream(file, { flags: 'wx', mode: 0o600 }))
}

const LINES_AT_ONCE = 200

function* linesOf(records: Iterable<CaseRecord>): Generator<string> {
  let lines: string[] = []
  for (const record of records) {
    lines.push(`${JSON.stringify(record)}\n`)
    if (lines.length < LINES_AT_ONCE) continue
    yield lines.join('')
    lines = []
  }
  yield lines.join('')
}
