import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { outboxEntries } from '../outbox/outbox.ts'
import { openTestDesk } from './test-desk.ts'

/** A desk that takes in one application after another and says which ones it has acknowledged, until it is killed. */
const desk = openTestDesk()
const { file, opener } = desk.capsule
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
process.stdout.write(
  `${JSON.stringify({ dir: desk.dir, file: desk.file, key: hex(desk.key), capsule: file, secret: hex(opener.secret) })}\n`
)

function takeIn(): void {
  expectOk(desk.run({ name: 'case.register', args: sampleIntake() }))
  process.stdout.write(`${outboxEntries(desk.db).at(-1)?.command.id}\n`, () => setImmediate(takeIn))
}
takeIn()
