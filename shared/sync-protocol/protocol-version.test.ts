import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { commandSchema } from '#shared/commands/command.ts'
import { batchCommandSchema } from '#shared/commands/destruction/batch-command.ts'
import { accessLogAnswerSchema, accessLogLineSchema } from './access-log.ts'
import { logEntriesQuerySchema, logEntriesResponseSchema } from './access-log-entries.ts'
import { logReviewsResponseSchema, signLogReviewSchema } from './access-log-reviews.ts'
import { logStandsQuerySchema, logStandsResponseSchema } from './access-log-stands.ts'
import { accountsResponseSchema, createdAccountResponseSchema } from './administrator-accounts.ts'
import { devicesResponseSchema } from './administrator-devices.ts'
import {
  issueCodeRequestSchema,
  issueCodeResponseSchema,
  openCodesResponseSchema
} from './administrator-enrolment-codes.ts'
import {
  grantRequestSchema,
  grantsQuerySchema,
  grantsResponseSchema,
  revokeRequestSchema
} from './administrator-grants.ts'
import { leaseTermsMessageSchema } from './administrator-lease.ts'
import { loadResponseSchema } from './administrator-load.ts'
import { rescueResponseSchema, rescuesResponseSchema } from './administrator-rescues.ts'
import { openGateRequestSchema, restoreGateResponseSchema } from './administrator-restore.ts'
import { apiErrorSchema } from './api-error.ts'
import { batchCopiesQuerySchema, batchCopiesResponseSchema, writeOffCopySchema } from './batch-copies.ts'
import { chunkAddressSchema } from './chunks.ts'
import { deviceOrdersSchema } from './device-orders.ts'
import { erasureReceiptSchema } from './erasure-receipt.ts'
import { giveBackLineSchema, giveBackResponseSchema } from './give-back.ts'
import { giveBackOfferSchema, giveBackWantedSchema } from './give-back-offer.ts'
import { dropHandedOverSchema, handedOverResponseSchema } from './handed-over.ts'
import { leaseRequestSchema, leaseResponseSchema } from './lease.ts'
import { leaseHeldSchema } from './lease-held.ts'
import { ownLoadResponseSchema } from './load.ts'
import { missingChunksQuerySchema, missingChunksSchema } from './missing-chunks.ts'
import { pokeSchema } from './poke.ts'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from './protocol-version.ts'
import {
  giveRequestSchema,
  giveResponseSchema,
  ledgerQuerySchema,
  ledgerResponseSchema,
  provisionActRequestSchema,
  provisionActResponseSchema
} from './provision.ts'
import { pullLineSchema, pullQuerySchema } from './pull.ts'
import { pushAnswerLineSchema, pushLineSchema } from './push.ts'
import { destroyQuarantinedSchema, quarantineResponseSchema } from './quarantine.ts'
import { reportLineSchema } from './report-lines.ts'
import {
  deletedReportSchema,
  finishReportSchema,
  orderedReportSchema,
  orderReportSchema,
  reportParamsSchema,
  reportsQuerySchema,
  reportsResponseSchema
} from './reports.ts'
import { rescueAnswerSchema } from './rescue.ts'
import { rescuedChunkSchema } from './rescued-chunk.ts'
import { restoreStandSchema } from './restore-stand.ts'
import { retentionDueQuerySchema, retentionDueResponseSchema, retentionResponseSchema } from './retention-due.ts'
import { signInRequestSchema, signInResponseSchema } from './sign-in.ts'
import { signingKeySchema } from './signing-key.ts'
import { snapshotRequestSchema, snapshotResponseSchema } from './snapshot.ts'
import { wipedReportSchema } from './wiped-report.ts'

const MESSAGES = {
  accessLogAnswerSchema,
  accessLogLineSchema,
  accountsResponseSchema,
  apiErrorSchema,
  batchCommandSchema,
  batchCopiesQuerySchema,
  batchCopiesResponseSchema,
  chunkAddressSchema,
  commandSchema,
  deviceOrdersSchema,
  erasureReceiptSchema,
  createdAccountResponseSchema,
  destroyQuarantinedSchema,
  devicesResponseSchema,
  dropHandedOverSchema,
  giveBackLineSchema,
  giveBackOfferSchema,
  giveBackResponseSchema,
  giveBackWantedSchema,
  giveRequestSchema,
  giveResponseSchema,
  grantRequestSchema,
  grantsQuerySchema,
  grantsResponseSchema,
  handedOverResponseSchema,
  issueCodeRequestSchema,
  issueCodeResponseSchema,
  leaseHeldSchema,
  leaseRequestSchema,
  leaseResponseSchema,
  leaseTermsMessageSchema,
  ledgerQuerySchema,
  ledgerResponseSchema,
  loadResponseSchema,
  logEntriesQuerySchema,
  logEntriesResponseSchema,
  logReviewsResponseSchema,
  logStandsQuerySchema,
  logStandsResponseSchema,
  missingChunksQuerySchema,
  missingChunksSchema,
  openCodesResponseSchema,
  openGateRequestSchema,
  ownLoadResponseSchema,
  pokeSchema,
  provisionActRequestSchema,
  provisionActResponseSchema,
  pullLineSchema,
  pullQuerySchema,
  pushAnswerLineSchema,
  pushLineSchema,
  quarantineResponseSchema,
  deletedReportSchema,
  finishReportSchema,
  orderedReportSchema,
  orderReportSchema,
  reportLineSchema,
  reportParamsSchema,
  reportsQuerySchema,
  reportsResponseSchema,
  rescueAnswerSchema,
  rescueResponseSchema,
  rescuedChunkSchema,
  rescuesResponseSchema,
  restoreGateResponseSchema,
  restoreStandSchema,
  retentionDueQuerySchema,
  retentionDueResponseSchema,
  retentionResponseSchema,
  revokeRequestSchema,
  signInRequestSchema,
  signInResponseSchema,
  signLogReviewSchema,
  signingKeySchema,
  snapshotRequestSchema,
  snapshotResponseSchema,
  wipedReportSchema,
  writeOffCopySchema
}

/**
 * The shape of every message of the version that is spoken now, one by one. When this test fails, a message has changed:
 * put its new hash here and, if desks in the field already speak this version, raise PROTOCOL_VERSION, write its
 * history line and move the hash of all shapes into RELEASED.
 */
const SHAPES: Record<keyof typeof MESSAGES, string> = {
  accessLogAnswerSchema: '2db7c2fda034d267',
  accessLogLineSchema: '9e83467e0dc3f3fa',
  accountsResponseSchema: 'e6e2b5f1e4eff049',
  apiErrorSchema: '522565497aa60fad',
  batchCommandSchema: '9840f9c95706d937',
  batchCopiesQuerySchema: '8ea8dbb9fbf3fe7a',
  batchCopiesResponseSchema: '2266af197aec52e8',
  erasureReceiptSchema: '13cc72248e6f5a8e',
  writeOffCopySchema: 'df69eb10ed2c02be',
  signingKeySchema: 'e01951b7ccc221f6',
  chunkAddressSchema: 'e4751557aafc27d4',
  deviceOrdersSchema: 'd046f90e9f26fd2b',
  leaseHeldSchema: '4bdec1f36f2fe77a',
  leaseRequestSchema: 'aa951279f0b2d88a',
  leaseResponseSchema: '245e6a2f57bbecf4',
  wipedReportSchema: 'ba2b4f660ed3bbe8',
  commandSchema: '86d3b12f8221c0c8',
  createdAccountResponseSchema: 'ef429bbf63421ea6',
  devicesResponseSchema: '4af5718a5321a476',
  destroyQuarantinedSchema: '5a019ed6a3564614',
  dropHandedOverSchema: '9b1564c84c49f337',
  giveBackLineSchema: '33433dc96f0304ea',
  giveBackOfferSchema: '89c39fe2aa40a0dc',
  giveBackResponseSchema: 'f3fa261e110e1ad8',
  giveBackWantedSchema: '1892a8f95463e9b5',
  handedOverResponseSchema: 'a6a80d68204d4a85',
  issueCodeRequestSchema: '6e48870199fc2a6e',
  issueCodeResponseSchema: 'eff910476c262870',
  leaseTermsMessageSchema: 'abdb119c9de2fe00',
  loadResponseSchema: '9c9462ac9f171fb6',
  logEntriesQuerySchema: '01e2040f4c128031',
  logEntriesResponseSchema: 'eddf04bdc1df45b8',
  logReviewsResponseSchema: '40034d2f2561f8fc',
  signLogReviewSchema: 'dafd2790b383e148',
  logStandsQuerySchema: 'b59bd7ea662e2eec',
  logStandsResponseSchema: '8892da93fd81e3d5',
  missingChunksQuerySchema: '73480f8cabc80218',
  missingChunksSchema: '25043143f440a534',
  openCodesResponseSchema: 'e1afb51f5409b707',
  openGateRequestSchema: '3e1666407f3ac0e1',
  ownLoadResponseSchema: 'cef25fc552ea1fee',
  pokeSchema: '24d4e40e68a6a7e7',
  giveRequestSchema: 'fb4503d46beb115e',
  giveResponseSchema: '42dde003e8ee38d8',
  ledgerQuerySchema: '9fed308171a1eaff',
  ledgerResponseSchema: 'ad3ae5569dfe4bba',
  provisionActRequestSchema: '12e933f038b1b568',
  provisionActResponseSchema: '0f4200d896162af3',
  pullLineSchema: 'e31bc986dc644904',
  pullQuerySchema: 'bfbd4e132d3c3f57',
  pushAnswerLineSchema: '4ef907b06be56a16',
  pushLineSchema: '79dd6c54673e0eaa',
  rescueAnswerSchema: 'dca1efa87d3e95ad',
  rescuedChunkSchema: '55d319e8455d91e1',
  rescueResponseSchema: '4f167af78d5caacb',
  rescuesResponseSchema: '93ec4757559c563c',
  restoreGateResponseSchema: 'a2252e5b60f59940',
  retentionDueQuerySchema: '150bf3e349e0175d',
  retentionDueResponseSchema: '71d3e4ccda03aaa7',
  retentionResponseSchema: 'eafac84b85fd9b3a',
  grantRequestSchema: '47425fddf8202836',
  grantsQuerySchema: '2a416ba3cdd33d16',
  grantsResponseSchema: 'a9cbffb186faf056',
  revokeRequestSchema: '1b548e8f1a5e7058',
  signInRequestSchema: '2bc72c7b093a6ed8',
  signInResponseSchema: '720664dabe4163a5',
  snapshotRequestSchema: 'e33a4c57f2f6412c',
  snapshotResponseSchema: '47f5c858d872f9a1',
  quarantineResponseSchema: '9010a8d4a740d78d',
  deletedReportSchema: '070968afa19a5f8b',
  finishReportSchema: '8ac2613c31565fe3',
  orderedReportSchema: 'c1792ae42c4eddb9',
  orderReportSchema: '8a554d6f468614d5',
  reportLineSchema: '9c60e76328109bfa',
  reportParamsSchema: '28abbc18e394feb4',
  reportsQuerySchema: '1433200b1d4484e0',
  reportsResponseSchema: '3029582bb37728bf',
  restoreStandSchema: '708f0edf4022576e'
}

/** The hash of all shapes together of each version that desks in the field speak. A line here is never changed. */
const RELEASED = new Map([[1, '30f9ccf7b8d87c69']])

test('no message changes its shape unless somebody says so here', () => {
  const shapes = Object.entries(MESSAGES).map(([name, schema]) => [name, shapeOf({ [name]: schema })])
  expect(Object.fromEntries(shapes)).toEqual(SHAPES)
})

test('a version that is in the field is never spoken with other messages', () => {
  const released = RELEASED.get(PROTOCOL_VERSION)
  expect(released ?? shapeOf(MESSAGES)).toBe(shapeOf(MESSAGES))
  expect(PROTOCOL_VERSION).toBeGreaterThanOrEqual(Math.max(...RELEASED.keys()))
})

test('every change of a message changes the hash, be it a field, a limit or a member of a union', () => {
  const base = z.object({ a: z.string().max(10), b: z.union([z.literal('x'), z.literal('y')]) })
  const changed = [
    base.extend({ c: z.number() }),
    base.extend({ a: z.string().max(11) }),
    base.extend({ a: z.string().max(10).optional() }),
    base.extend({ b: z.literal('x') }),
    z.object({ b: base.shape.b })
  ]
  const shapes = [base, ...changed].map((message) => shapeOf({ message }))
  expect(new Set(shapes).size).toBe(shapes.length)
})

test('the messages come out of the files of this folder, none is left out', async () => {
  const files = readdirSync(import.meta.dirname).filter((file) => !file.endsWith('.test.ts'))
  const modules = await Promise.all(
    files.map((file): Promise<Record<string, unknown>> => import(join(import.meta.dirname, file)))
  )
  const schemas = modules.flatMap((module) =>
    Object.entries(module).flatMap(([name, value]) => (value instanceof z.ZodType ? [name] : []))
  )
  const parts = [
    'goneReasonSchema',
    'receiptSchema',
    'pushOutcomeSchema',
    'rawCommandSchema',
    'leaseSchema',
    'deviceCredentialSchema',
    'rescueTermsSchema',
    'outboxReportSchema',
    'snapshotReadySchema',
    'reportedCountSchema'
  ]
  expect(Object.keys(MESSAGES).sort()).toEqual(
    [...schemas.filter((name) => !parts.includes(name)), 'commandSchema', 'batchCommandSchema'].sort()
  )
})

test('the header that names the version is what desks in the field already send', () => {
  expect(PROTOCOL_HEADER).toBe('x-mnk-protocol')
})

function shapeOf(messages: Record<string, z.ZodType>): string {
  const shapes = Object.entries(messages).map(([name, schema]) => [name, z.toJSONSchema(schema, { io: 'input' })])
  return createHash('sha256').update(JSON.stringify(shapes)).digest('hex').slice(0, 16)
}
