// npm run log:verify: checks an exported access log from the file alone (log-verify.usage.txt).

import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { createExportCheck, type ExportVerdict } from '#shared/domain/access-log/check-export.ts'
import { nodeCipher } from './keys/node-crypto.ts'
import { ed25519 } from './keys/sodium.ts'

const EXIT_USAGE = 2

const asked = readArguments()
if (asked === null) {
  process.stderr.write(readFileSync(import.meta.filename.replace(/\.ts$/, '.usage.txt'), 'utf8'))
  process.exit(EXIT_USAGE)
}
const check = createExportCheck({ sha256: nodeCipher.sha256, verify: ed25519.verify })
for await (const line of createInterface({
  input: createReadStream(asked.file),
  crlfDelay: Number.POSITIVE_INFINITY
})) {
  check.take(line)
}
const verdict = check.end()
const problems = [
  ...verdict.faults.map((fault) => JSON.stringify(fault)),
  ...(asked.key === undefined || asked.key === verdict.publicKey
    ? []
    : ['It is signed with another key than the given one.'])
]
process.stdout.write(`${[...told(verdict), ...problems, problems.length === 0 ? 'Whole.' : 'NOT WHOLE.'].join('\n')}\n`)
process.exitCode = problems.length === 0 ? 0 : 1

function readArguments(): { file: string; key: string | undefined } | null {
  try {
    const { values, positionals } = parseArgs({ options: { key: { type: 'string' } }, allowPositionals: true })
    const [file, ...more] = positionals
    return file === undefined || more.length > 0 || !existsSync(file) ? null : { file, key: values.key }
  } catch {
    return null // an option that does not exist: the usage says which does
  }
}

function told({ head, publicKey, anchors, lines, unknownBefore, marked }: ExportVerdict): string[] {
  const period =
    head === null ? [] : [`Export ${head.no} of ${head.districtCode}, ${head.from ?? 'the beginning'} to ${head.to}`]
  return [
    ...period,
    `${lines} lines, ${anchors} anchors, key ${publicKey ?? 'unknown'}`,
    ...unknownBefore.map(
      (no) => `Before anchor ${no} the one that the centre had is not known: its keys were set back.`
    ),
    ...[...marked].map(([mark, count]) => `Marked when they came: ${mark} ${count}`)
  ]
}
