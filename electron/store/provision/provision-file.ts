import { writeXlsx } from 'hucre/xlsx'
import ko from '#resources/locales/ko/provision.json' with { type: 'json' }
import type { Case } from '#shared/domain/case/case.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { policyItems } from '#shared/domain/policy/policy-items.ts'
import { itemRows } from '#shared/domain/provision/item-texts.ts'
import type { ProvisionLine, ProvisionRun } from '#shared/domain/provision/provision-run.ts'
import { spreadsheetText } from '#shared/papers/spreadsheet-text.ts'
import { nodeCipher } from '../keys/node-crypto.ts'

export interface ProvisionRows {
  readonly run: ProvisionRun
  readonly policy: PolicyRegister
  /** Each person with her case, in the order of the ledger. */
  readonly persons: ReadonlyArray<{ readonly line: ProvisionLine; readonly subject: Case }>
}

const NOTHING = ''
const TEXTS = ko.file

/** The password and the file that it opens: an XLSX under AES-256, as Excel and Hancell open it. */
export async function writeProvisionFile(
  rows: ProvisionRows
): Promise<{ content: Uint8Array<ArrayBuffer>; password: string }> {
  const password = newPassword()
  const written = await writeXlsx({
    sheets: [
      { name: TEXTS.sheet, rows: tableOf(rows) },
      { name: TEXTS.noteSheet, rows: noteOf(rows) }
    ],
    encryption: { password }
  })
  return { content: new Uint8Array(written), password }
}

/**
 * A number for each person and a column for each item of the run, in the register's order and under its words. A cell is
 * filled only with what her own line of the ledger names.
 */
export function tableOf({ run, policy, persons }: ProvisionRows): string[][] {
  const items = policyItems(policy).filter(({ id }) => run.items.includes(id))
  const columns = run.items.flatMap((id) => items.find((item) => item.id === id) ?? [])
  const head = [TEXTS.no, ...columns.map(({ partOf, name }) => `${partOf.name} ${name}`)]
  const body = persons.flatMap(({ line, subject }) => {
    const given = columns.filter(({ id }) => line.items.includes(id))
    return itemRows(subject, given).map((texts) => {
      const byItem = new Map(given.map(({ id }, at) => [id, texts[at] ?? NOTHING]))
      return [String(line.no), ...columns.map(({ id }) => spreadsheetText(byItem.get(id) ?? NOTHING))]
    })
  })
  return [head, ...body]
}

/** What the recipient has to know: for what it is given, until when it may be kept, and that the deletion is to be confirmed. */
function noteOf({ run, policy }: ProvisionRows): string[][] {
  const provision = policy.provisions.find(({ id }) => id === run.provisionId)
  const recipient = provision?.recipients.find(({ id }) => id === run.recipientId)
  return [
    [TEXTS.number, run.number],
    [TEXTS.recipient, recipient?.name ?? run.recipientId],
    [TEXTS.purpose, provision?.purpose ?? NOTHING],
    [TEXTS.basis, provision?.legalBasesText ?? NOTHING],
    [TEXTS.document, spreadsheetText(run.document)],
    [TEXTS.persons, String(run.persons)],
    [TEXTS.keeps, provision?.retention.text ?? NOTHING],
    [TEXTS.keepUntil, run.keepUntil ?? NOTHING],
    [TEXTS.duty, TEXTS.dutyText]
  ]
}

/** Without what looks or sounds alike: it is read out over the telephone. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const PASSWORD_LETTERS = 20
const GROUP = 4

/** About 99 bits, in groups. */
function newPassword(): string {
  const letters: string[] = []
  while (letters.length < PASSWORD_LETTERS) {
    const [byte = 0] = nodeCipher.randomBytes(1)
    // Only so many of the 256 as are a whole number of alphabets: else the first letters would come more often.
    if (byte < Math.floor(256 / LETTERS.length) * LETTERS.length) letters.push(LETTERS.charAt(byte % LETTERS.length))
  }
  return letters.join('').replace(new RegExp(`.{${GROUP}}(?=.)`, 'g'), '$&-')
}
