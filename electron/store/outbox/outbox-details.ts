import { isCaseCommand } from '#shared/commands/any-command.ts'
import type { Command } from '#shared/commands/command.ts'
import { CASE_FIELDS, type CaseField, type CaseRecord, type VersionedField } from '#shared/domain/case/case.ts'
import { readField } from '#shared/domain/case/case-fields.ts'
import { maskField } from '#shared/domain/case/mask-field.ts'
import { closedFields, standingConsent } from '#shared/domain/consent/standing-consent.ts'
import { withoutClosed } from '#shared/domain/consent/without-closed.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { OutboxChange, OutboxDetails, OutboxDocument } from '#shared/ipc/outbox-views.ts'
import { type AccessDeps, recordAct } from '../access-log/access-log.ts'
import type { StoreDb } from '../db/database.ts'
import { attachmentById } from '../documents/attachment-rows.ts'
import { caseAtCentre, entryById } from './outbox.ts'

/** What an item says, field by field, masked as in the opened case and recorded as a look at it. */
export function outboxDetails(
  deps: AccessDeps,
  db: StoreDb,
  commandId: string
): Result<OutboxDetails, { type: 'NotInOutbox' }> {
  return db.write((tx) => {
    const attachment = attachmentById(tx, commandId)
    const command = entryById(tx, commandId)?.command
    if (command === undefined) {
      if (attachment === null) return err({ type: 'NotInOutbox' as const })
      recordAct(tx, deps, { act: 'view', caseIds: [attachment.caseId], detail: { shown: 'outbox' } })
      const { bytes } = attachment.document
      return ok({ changes: [], documents: [paperOf(attachment.document)], reason: '', bytes })
    }
    const said = {
      reason: 'reason' in command.args ? command.args.reason : '',
      bytes: Buffer.byteLength(JSON.stringify(command))
    }
    // An act names its cases by their ids alone, which shows nothing of them.
    if (!isCaseCommand(command)) return ok({ changes: [], documents: [], ...said })
    recordAct(tx, deps, { act: 'view', caseIds: [command.caseId], detail: { shown: 'outbox' } })
    // Beside a case that holds it already an item would only stand against itself.
    const known = caseAtCentre(tx, command.caseId)
    return ok({
      changes: changesOf(command, known),
      documents: documentsOf(command, known),
      ...said
    })
  })
}

const paperOf = ({ title, mediaType, bytes }: OutboxDocument): OutboxDocument => ({ title, mediaType, bytes })

function documentsOf(command: Command, known: CaseRecord | null): OutboxDocument[] {
  if (command.name === 'case.attach') return [paperOf(command.args)]
  if (command.name !== 'case.detach') return []
  const { documentId } = command.args
  return (known?.case.documents ?? []).filter((one) => one.documentId === documentId).map(paperOf)
}

function changesOf(command: Command, known: CaseRecord | null): OutboxChange[] {
  const change = (field: VersionedField, value: unknown): OutboxChange => ({
    field,
    value: field === 'state' ? value : maskField(field, isClosed(known, field) ? null : value),
    now: nowOf(known, field)
  })
  switch (command.name) {
    case 'case.register': {
      const { args } = command
      return CASE_FIELDS.filter((field) => field !== 'assigneeId').map((field) => change(field, readField(args, field)))
    }
    case 'case.correct':
      return command.args.changes.map(({ field, value }) => change(field, value))
    case 'case.move':
      return [change('state', command.args.to)]
    case 'conflict.resolve': {
      const { conflictId, field, pick } = command.args
      const conflict = known?.case.conflicts.find(({ id }) => id === conflictId)
      return conflict === undefined ? [] : [change(field, conflict[pick].value)]
    }
    case 'case.record_consent':
      return [change('consents', [command.args])]
    case 'case.withdraw_consent': {
      const standing = standingConsent(known?.case.consents ?? [], command.args.consentId)
      const { issuedAt: answeredAt, args } = command
      return standing === undefined ? [] : [change('consents', [{ ...standing, ...args, given: false, answeredAt }])]
    }
    case 'case.attach':
    case 'case.detach':
    case 'case.hold':
    case 'case.release_hold':
      return []
    default:
      return assertNever(command)
  }
}

function nowOf(known: CaseRecord | null, field: VersionedField): unknown {
  if (known === null) return undefined
  return field === 'state' ? known.case.state : maskField(field, readField(withoutClosed(known.case), field))
}

/** A consent that was withdrawn closes what was typed before this PC heard of it as well. */
const isClosed = (known: CaseRecord | null, field: CaseField): boolean =>
  known !== null && closedFields(known.case.consents).includes(field)
