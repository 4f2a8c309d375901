import type { Migration } from '../migrate.ts'
import { accounts } from './cases/0010-accounts.ts'
import { cases } from './cases/0020-cases.ts'
import { freeTags } from './cases/0030-free-tags.ts'
import { devices } from './cases/0040-devices.ts'
import { noReturn } from './cases/0050-no-return.ts'
import { restoreGate } from './cases/0060-restore-gate.ts'
import { documentChunks } from './cases/0070-document-chunks.ts'
import { snapshotCopies } from './cases/0080-snapshot-copies.ts'
import { freeHistory } from './cases/0085-free-history.ts'
import { missingChunks } from './cases/0090-missing-chunks.ts'
import { rescuedDocuments } from './cases/0095-rescued-documents.ts'
import { devicesGivenBack } from './cases/0100-devices-given-back.ts'
import { unknownAuthors } from './cases/0115-unknown-authors.ts'
import { restoreEnds } from './cases/0116-restore-ends.ts'
import { destructionBatches } from './cases/0120-destruction-batches.ts'
import { accessLog } from './cases/0130-access-log.ts'
import { accessExports } from './cases/0131-access-exports.ts'
import { retention } from './cases/0140-retention.ts'
import { redoneCases } from './cases/0150-redone-cases.ts'
import { batchCopies } from './cases/0170-batch-copies.ts'
import { grants } from './cases/0190-grants.ts'
import { batchMarkers } from './cases/0200-batch-markers.ts'
import { provisions } from './cases/0210-provisions.ts'
import { reports } from './cases/0215-reports.ts'
import { accessReviews } from './cases/0216-access-reviews.ts'
import { accessLogRemovals } from './cases/0217-access-log-removals.ts'
import { keys } from './keys/0010-keys.ts'
import { leaseShares } from './keys/0020-lease-shares.ts'
import { noReturnKeys } from './keys/0030-no-return.ts'
import { destroyedQuarantine } from './keys/0090-destroyed-quarantine.ts'
import { shutOutDevices } from './keys/0100-shut-out-devices.ts'
import { accessAnchors } from './keys/0130-access-anchors.ts'
import { keyRotations } from './keys/0150-key-rotations.ts'
import { revokedAccounts } from './keys/0170-revoked-accounts.ts'

export const CASES_MIGRATIONS: readonly Migration[] = [
  accounts,
  cases,
  freeTags,
  devices,
  noReturn,
  restoreGate,
  documentChunks,
  snapshotCopies,
  freeHistory,
  missingChunks,
  rescuedDocuments,
  devicesGivenBack,
  unknownAuthors,
  restoreEnds,
  destructionBatches,
  accessLog,
  accessExports,
  retention,
  redoneCases,
  batchCopies,
  grants,
  batchMarkers,
  provisions,
  reports,
  accessReviews,
  accessLogRemovals
]
export const KEYS_MIGRATIONS: readonly Migration[] = [
  keys,
  leaseShares,
  noReturnKeys,
  destroyedQuarantine,
  shutOutDevices,
  accessAnchors,
  keyRotations,
  revokedAccounts
]
