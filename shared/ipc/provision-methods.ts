import { z } from 'zod'
import { provisionActSchema } from '#shared/commands/provision/provision-act.ts'
import type { ProvisionRefusal } from '#shared/commands/provision/provision-refusal.ts'
import { registerIdSchema } from '#shared/domain/policy/policy-data.ts'
import { provisionRequestSchema } from '#shared/domain/provision/provision-run.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import type { Locked } from './locked.ts'
import { method } from './method.ts'
import type {
  ProvisionFile,
  ProvisionLinePage,
  ProvisionOfCase,
  ProvisionPreview,
  ProvisionSummary
} from './provision-views.ts'
import type { CentreFailure } from './quarantine-methods.ts'

/** Lines of one page. */
export const PROVISION_PAGE_ROWS = 50

const oneRun = z.object({ runId: uuidSchema })

export type ProvisionRefused = { type: 'ProvisionRefused'; refusal: ProvisionRefusal }
export type RecipientUnknown = { type: 'RecipientUnknown' }
/** Fewer or others than were shown: they have to be looked at again. */
export type PreviewStale = { type: 'PreviewStale' }
export type GiveFailure = ProvisionRefused | RecipientUnknown | PreviewStale | CentreFailure | { type: 'DiskFull' }

/** 제3자 제공. What was given is shown without a line; to give, and to say what became of it, needs the centre. */
export const PROVISION_METHODS = {
  'provision.runs': method(z.object({})).gives<readonly ProvisionSummary[], Locked>(),
  /** A page of the persons of a run; recorded as a list of their cases. */
  'provision.lines': method(oneRun.extend({ after: z.int().nonnegative() })).gives<ProvisionLinePage, Locked>(),
  'provision.ofCase': method(z.object({ caseId: uuidSchema })).gives<readonly ProvisionOfCase[], Locked>(),
  /** Selects from the cases of this PC; the cases that it names are recorded. */
  'provision.preview': method(z.object({ recipientId: registerIdSchema })).gives<
    ProvisionPreview,
    Locked | RecipientUnknown | { type: 'RoleNotAllowed' }
  >(),
  /** Numbers a run of exactly those who were shown, and makes its file. The same run again is the same number. */
  'provision.give': method(
    oneRun.extend({ request: provisionRequestSchema, digest: z.string().regex(/^[0-9a-f]{64}$/) })
  ).gives<ProvisionFile, Locked | GiveFailure>(),
  /** Makes the file of a run that has its number and was not written. */
  'provision.write': method(oneRun).gives<ProvisionFile, Locked | GiveFailure>(),
  'provision.act': method(oneRun.extend({ act: provisionActSchema })).gives<
    null,
    Locked | ProvisionRefused | CentreFailure
  >()
} as const
