import { z } from 'zod'
import type { RetentionOverview } from '#shared/domain/retention/retention-overview.ts'
import type { Locked } from './locked.ts'
import { method } from './method.ts'
import type { CentreFailure } from './quarantine-methods.ts'

/** 보유기간: how the district's cases stand, as the centre's nightly run found them. */
export const RETENTION_METHODS = {
  'retention.overview': method(z.object({})).gives<RetentionOverview, Locked | CentreFailure>()
} as const
