import type { CaseRecord } from '#shared/domain/case/case.ts'
import { MOST_DOCUMENTS } from '#shared/domain/document/case-document.ts'
import { TITLE_ITEMS } from '#shared/domain/document/document-titles.ts'
import { itemById } from '#shared/domain/policy/policy-items.ts'
import { policyInForce } from '#shared/domain/policy/policy-versions.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { Change } from './change.ts'
import type { Command } from './command.ts'
import type { DecideDeps } from './decide.ts'
import type { Refusal } from './refusal.ts'

/**
 * 문서 붙임: a paper whose items the register in force on the day of application allows. Whether its chunks are there is
 * the centre's to see. Two people attach at the same time without being in each other's way.
 */
export function decideAttachDocument(
  { actor, policies }: DecideDeps,
  record: CaseRecord | null,
  { args, issuedAt, issuedBy }: Extract<Command, { name: 'case.attach' }>
): Result<Change[], Refusal> {
  if (record === null || record.case.districtCode !== actor.districtCode) return err({ type: 'CaseNotFound' })
  const { documents, appliedOn } = record.case
  if (documents.some(({ documentId }) => documentId === args.documentId)) return ok([])
  if (documents.length >= MOST_DOCUMENTS) return err({ type: 'TooManyDocuments' })
  const policy = policyInForce(policies, appliedOn)
  if (!policy.ok) return err({ type: 'PolicyNotInForce' })
  const isAllowed = TITLE_ITEMS[args.title].every((item) => itemById(policy.value, item).ok)
  if (!isAllowed) return err({ type: 'DocumentNotAllowed', title: args.title })
  return ok([{ type: 'DocumentAttached', document: { ...args, attachedAt: issuedAt, attachedBy: issuedBy } }])
}

/** 문서 빼기. One that somebody else has taken out already is out. */
export function decideDetachDocument(
  { actor }: DecideDeps,
  record: CaseRecord | null,
  { args }: Extract<Command, { name: 'case.detach' }>
): Result<Change[], Refusal> {
  if (record === null || record.case.districtCode !== actor.districtCode) return err({ type: 'CaseNotFound' })
  if (!record.case.documents.some(({ documentId }) => documentId === args.documentId)) return ok([])
  if (args.reason === '') return err({ type: 'ReasonMissing' })
  return ok([{ type: 'DocumentDetached', documentId: args.documentId }])
}
