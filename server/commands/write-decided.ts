import type { Cipher } from '#shared/cipher/cipher.ts'
import type { Command } from '#shared/commands/command.ts'
import type { Case } from '#shared/domain/case/case.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import type { PushOutcome } from '#shared/sync-protocol/push.ts'
import { reviseBlindTags } from '../cases/blind-index.ts'
import { caseToRow, insertCaseRows, updateCaseRows } from '../cases/case-rows.ts'
import { type Tx, together } from '../db/run-tx.ts'
import { attachChunks, forgetDocument } from '../documents/chunk-store.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { noteWithdrawals } from '../provision/note-withdrawals.ts'
import { keptOutOutcome, writeKeptOut } from '../quarantine/keep-out.ts'
import { takeSeqs } from '../sync/district-stream.ts'
import type { DecidedCommands, Decision } from './decide-commands.ts'
import { batchCommandOf, caseCommandOf, type ReadCommand } from './read-command.ts'

export interface WriteDecidedDeps extends TimeDep {
  readonly cipher: Cipher
  readonly keyRing: KeyRing
}

export interface DecidedToWrite {
  readonly districtCode: string
  /** Every PC that sent something, with the last number that it has now. */
  readonly deviceSeqs: ReadonlyMap<string, number>
  readonly decided: DecidedCommands
}

/**
 * Writes the devices' sequences, cases, tags and history. Of the locks of a push, that of the district's stream is taken
 * last; it is held until the commit.
 */
export async function writeDecided(
  tx: Tx,
  deps: WriteDecidedDeps,
  piece: DecidedToWrite
): Promise<Map<string, PushOutcome>> {
  const { decided, districtCode } = piece
  const keys = await keysOf(deps, decided)
  const sealBody = bodySealer(deps.cipher, keys)
  const applied = decided.decisions.filter((decision) => decision.type === 'Applied')
  const placed = decided.decisions.flatMap((decision) => placeOf(decision) ?? [])
  await noteWithdrawals(tx, answeredCases(applied, decided.changed))
  const [, , firstSeq] = await together([
    decided.numbers.save(tx),
    advanceDevices(tx, piece.deviceSeqs, deps.now()),
    takeSeqs(tx, { districtCode, count: placed.length })
  ])
  const seqs = new Map(placed.map(({ commandId }, index) => [commandId, firstSeq + index]))
  const history = decided.decisions.map((decision) => historyOf(decision, seqs, sealBody))
  const newestSeq = new Map(placed.map(({ about }, index) => [about, firstSeq + index]))
  const rows = [...decided.changed].map(([id, record]) =>
    caseToRow({ cipher: deps.cipher, key: keyOf(keys, id) }, record, newestSeq.get(id) ?? 0)
  )
  const isNew = (row: { id: string }) => !decided.before.has(row.id)
  const kept = decided.decisions.flatMap((decision) => (decision.type === 'KeptOut' ? [decision.kept] : []))
  await together([
    insertCaseRows(tx, rows.filter(isNew)),
    updateCaseRows(
      tx,
      rows.filter((row) => !isNew(row))
    ),
    writeTags(tx, deps, decided),
    writeKeptOut(tx, deps, kept, { districtCode, now: deps.now() }),
    writeDocuments(tx, applied),
    decided.batches.save(tx, (batchId) => newestSeq.get(batchId) ?? 0),
    insertHistory(tx, history, deps.now())
  ])
  return new Map(history.map(({ outcome }) => [outcome.commandId, outcome]))
}

/** The cases in which somebody answered about a consent. */
const answeredCases = (
  applied: readonly { readonly command: Command }[],
  changed: DecidedCommands['changed']
): Case[] =>
  applied.flatMap(({ command: { name, caseId } }) => {
    const record = name === 'case.withdraw_consent' || name === 'case.record_consent' ? changed.get(caseId) : undefined
    return record === undefined ? [] : [record.case]
  })

/** What takes a place in the district's stream: the command, and the case or batch that it changed; null: it changed none. */
function placeOf(decision: Decision): { readonly commandId: string; readonly about: string } | null {
  if (decision.type === 'Applied') return { commandId: decision.command.id, about: decision.command.caseId }
  return decision.type === 'BatchApplied' ? { commandId: decision.raw.id, about: decision.batchId } : null
}

/** Those of new cases are made. */
async function keysOf({ keyRing }: WriteDecidedDeps, { changed, keys }: DecidedCommands) {
  const isNew = [...changed.keys()].filter((id) => !keys.has(id))
  return isNew.length === 0 ? keys : new Map([...keys, ...(await keyRing.ensureCaseKeys(isNew))])
}

function writeTags(tx: Tx, { cipher, keyRing }: WriteDecidedDeps, { changed, before }: DecidedCommands): Promise<void> {
  const revised = [...changed].map(([id, record]) => ({ before: before.get(id)?.case ?? null, after: record.case }))
  return reviseBlindTags(tx, { cipher, blindIndexKey: keyRing.blindIndexKey }, revised)
}

/** The pieces of a document follow its case: they become its own when it is attached, and go when it is taken out. */
async function writeDocuments(tx: Tx, applied: readonly { readonly command: Command }[]): Promise<void> {
  for (const { command } of applied) {
    if (command.name === 'case.attach') await attachChunks(tx, { caseId: command.caseId, ...command.args })
    if (command.name === 'case.detach') {
      await forgetDocument(tx, { caseId: command.caseId, documentId: command.args.documentId })
    }
  }
}

/** A line of the table `commands`. The body is kept only with a case, under the case's key. */
interface HistoryLine {
  readonly raw: ReadCommand
  readonly outcome: PushOutcome
  readonly body: Uint8Array | null
}

function historyOf(
  decision: Decision,
  seqs: ReadonlyMap<string, number>,
  sealBody: (command: Command) => Uint8Array
): HistoryLine {
  switch (decision.type) {
    case 'Refused':
      return refusedHistory(decision.raw, decision.refusal)
    case 'BatchApplied': {
      const { raw, rev } = decision
      return { raw, outcome: { type: 'Applied', commandId: raw.id, rev, seq: seqs.get(raw.id) ?? 0 }, body: null }
    }
    case 'BatchRefused': {
      const { raw, refusal } = decision
      return { raw, outcome: { type: 'BatchRefused', commandId: raw.id, refusal }, body: null }
    }
    case 'KeptOut':
      return { raw: decision.raw, outcome: keptOutOutcome(decision.kept), body: null }
    case 'CameBack': {
      const { raw, rev, seq } = decision
      return { raw, outcome: { type: 'AlreadyApplied', commandId: raw.id, rev, seq }, body: null }
    }
    case 'Applied':
      return appliedHistory(decision, seqs.get(decision.command.id) ?? 0, sealBody)
    default:
      return assertNever(decision)
  }
}

function appliedHistory(
  { command, record, effect, sentBy, deviceSeq }: Decision & { type: 'Applied' },
  seq: number,
  sealBody: (command: Command) => Uint8Array
): HistoryLine {
  return {
    raw: { id: command.id, deviceId: command.deviceId, deviceSeq, sentBy, command },
    outcome: { ...effect, commandId: command.id, rev: record.rev, seq },
    body: sealBody(command)
  }
}

const refusedHistory = (raw: ReadCommand, refusal: (Decision & { type: 'Refused' })['refusal']): HistoryLine => ({
  raw,
  outcome: { type: 'Refused', commandId: raw.id, refusal },
  body: null
})

const bodySealer =
  (cipher: Cipher, keys: ReadonlyMap<string, Uint8Array>) =>
  (command: Command): Uint8Array =>
    cipher.seal(keyOf(keys, command.caseId), new TextEncoder().encode(JSON.stringify(command)), `command:${command.id}`)

function keyOf(keys: ReadonlyMap<string, Uint8Array>, caseId: string): Uint8Array {
  const key = keys.get(caseId)
  if (key === undefined) throw new Error(`case ${caseId} has no key`)
  return key
}

export async function advanceDevices(tx: Tx, deviceSeqs: ReadonlyMap<string, number>, now: string): Promise<void> {
  await tx.query({
    name: 'advance-devices',
    text: `UPDATE devices SET last_device_seq = given.seq, last_contact_at = $3
      FROM unnest($1::uuid[], $2::bigint[]) AS given (id, seq) WHERE devices.id = given.id`,
    values: [[...deviceSeqs.keys()], [...deviceSeqs.values()], now]
  })
}

/** A command about a batch is kept as it came: it holds nothing of a citizen. */
export function batchTextOf(raw: ReadCommand): string | null {
  const command = batchCommandOf(raw)
  return command === null ? null : JSON.stringify(command)
}

const INSERT_HISTORY = `
INSERT INTO commands (id, device_id, device_seq, name, case_id, issued_by, issued_at, received_at, outcome, body, sent_by,
  batch_command)
SELECT id, device_id, device_seq, name, case_id, issued_by, issued_at, $1, outcome, body, sent_by, batch_command
FROM unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::text[], $6::uuid[], $7::uuid[], $8::timestamptz[], $9::jsonb[], $10::bytea[],
  $11::uuid[], $12::jsonb[]) AS given (id, device_id, device_seq, name, case_id, issued_by, issued_at, outcome, body, sent_by,
  batch_command)`

async function insertHistory(tx: Tx, history: readonly HistoryLine[], now: string): Promise<void> {
  const values = [
    now,
    history.map(({ raw }) => raw.id),
    history.map(({ raw }) => raw.deviceId),
    history.map(({ raw }) => raw.deviceSeq),
    history.map(({ raw }) => raw.command?.name ?? null),
    history.map(({ raw }) => caseCommandOf(raw)?.caseId ?? null),
    history.map(({ raw }) => raw.command?.issuedBy ?? null),
    history.map(({ raw }) => raw.command?.issuedAt ?? null),
    history.map(({ outcome }) => JSON.stringify(outcome)),
    history.map(({ body }) => body),
    history.map(({ raw }) => raw.sentBy),
    history.map(({ raw }) => batchTextOf(raw))
  ]
  await tx.query({ name: 'insert-history', text: INSERT_HISTORY, values })
}
