import { expectOk } from '#shared/foundation/result.ts'
import { openStoreDb } from '../db/database.ts'
import { saveDraft } from '../drafts/drafts.ts'

/** A program that types: saves its draft again and again and says what was saved, until somebody kills it. */
const [file = '', key = '', accountId = '', id = ''] = process.argv.slice(2)
const db = expectOk(openStoreDb({ file, key: Buffer.from(key, 'hex'), create: true }))
const deps = { now: () => new Date().toISOString() }

function type(keystrokes: number): void {
  const draft = {
    id,
    kind: 'intake' as const,
    caseId: null,
    title: '',
    body: { keystrokes, text: '가'.repeat(keystrokes) }
  }
  expectOk(saveDraft(deps, db, accountId, draft))
  process.stdout.write(`${keystrokes}\n`, () => setImmediate(type, keystrokes + 1))
}
type(1)
