import { z } from 'zod'
import { roleSchema } from '#shared/domain/account/account.ts'
import { districtCodeSchema, instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/**
 * How a PC stands with the centre. `revoked`: shut out, its data still lies on it, locked. `wipe_ordered`: it deletes its
 * data at its next contact. `wiped`: it said that it did.
 */
export const DEVICE_STATES = ['active', 'revoked', 'wipe_ordered', 'wiped'] as const
export const deviceStateSchema = z.enum(DEVICE_STATES)
export type DeviceState = (typeof DEVICE_STATES)[number]

/** A PC as the administrator's list shows it. Counts and times, nothing of a case. */
export const deviceEntrySchema = z.object({
  id: uuidSchema,
  name: z.string(),
  districtCode: districtCodeSchema,
  state: deviceStateSchema,
  enrolledAt: instantSchema,
  lastContactAt: instantSchema,
  appVersion: z.string(),
  lastDeviceSeq: z.int().nonnegative(),
  /** Commands that the PC held unsent at its last contact, and since when the oldest waited; null: it has not said. */
  waiting: z.int().nonnegative().nullable(),
  /** Those that the centre refused and nobody has put right. */
  refused: z.int().nonnegative().nullable(),
  oldestWaitingAt: instantSchema.nullable(),
  /** Who has signed in on it. */
  accounts: z.array(z.object({ login: z.string(), displayName: z.string(), role: roleSchema })),
  /** When the PC's use ends unless it meets the centre before, and when what lies on it is then deleted. */
  leaseEndsAt: instantSchema.nullable(),
  graceEndsAt: instantSchema.nullable(),
  revokedAt: instantSchema.nullable(),
  wipeOrderedAt: instantSchema.nullable(),
  wipedAt: instantSchema.nullable()
})
export type DeviceEntry = z.infer<typeof deviceEntrySchema>
