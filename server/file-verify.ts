// npm run certificate:verify, npm run report:verify: checks a file that a desk gave out, from the file alone (file-verify.usage.txt).

import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type GivenKey, readGivenKeys } from '#shared/signed-file/public-keys.ts'
import { isEncryptedFile, openEncryptedFile } from './encrypted-file.ts'
import { NOT_OPENED, verdictOn } from './file-verdict.ts'
import { nodeCipher } from './keys/node-crypto.ts'

const EXIT_USAGE = 2

const asked = readArguments()
if (asked === null) {
  process.stderr.write(readFileSync(import.meta.filename.replace(/\.ts$/, '.usage.txt'), 'utf8'))
  process.exit(EXIT_USAGE)
}
const file = readFileSync(asked.file)
const content = isEncryptedFile(file) ? openEncryptedFile(file, asked.password) : file
const { isWhole, lines } = content === null ? NOT_OPENED : verdictOn(content, asked.keys)
const checksum = Buffer.from(nodeCipher.sha256(file)).toString('hex')
process.stdout.write(`${[...lines, `SHA-256: ${checksum}`].join('\n')}\n`)
process.exitCode = isWhole ? 0 : 1

function readArguments(): { file: string; keys: readonly GivenKey[]; password: string } | null {
  try {
    const { values, positionals } = parseArgs({
      options: { key: { type: 'string' }, password: { type: 'string' } },
      allowPositionals: true
    })
    const [file, ...more] = positionals
    const isThere = [file, values.key].every((name) => name !== undefined && existsSync(name))
    if (file === undefined || values.key === undefined || more.length > 0 || !isThere) return null
    const keys = readGivenKeys(readFileSync(values.key, 'utf8'))
    return keys === null ? null : { file, keys, password: values.password ?? '' }
  } catch {
    return null // an option that does not exist: the usage says which does
  }
}
