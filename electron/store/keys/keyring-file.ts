import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { districtCodeSchema, instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { writeFileAtomically } from './atomic-file.ts'
import { passwordParamsSchema } from './password-key.ts'

/** `keyring.json` beside a store file: the store key wrapped for each account that may open it. No key lies open in it. */

/** 1: without leases. */
export const KEYRING_FORMAT = 2

const signingKeySchema = z.object({
  /** Ed25519, as the centre knows it. */
  publicKey: z.base64(),
  sealedSeed: z.base64()
})
export type SealedSigningKey = z.infer<typeof signingKeySchema>

const accountEntrySchema = z.object({
  accountId: uuidSchema,
  login: z.string().min(1).max(64),
  displayName: z.string().min(1).max(40),
  argon2: passwordParamsSchema,
  wrappedStoreKey: z.base64(),
  /** Counted before each try, so that pulling the plug does not give one back. */
  failedAttempts: z.int().nonnegative(),
  lockedOut: z.boolean(),
  /** The lease whose share lies around the wrapped key; null: none does. */
  leaseId: uuidSchema.nullable(),
  /** What the account signs with, its secret half under password and PC; null: it has signed nothing here. */
  signingKey: signingKeySchema.nullable().default(null)
})
export type AccountEntry = z.infer<typeof accountEntrySchema>

const keyringSchema = z.object({
  format: z.literal(KEYRING_FORMAT),
  storeId: uuidSchema,
  /** Under which the centre knows this store: its commands are numbered by it, and the centre's share belongs to it. */
  deviceId: uuidSchema,
  districtCode: districtCodeSchema,
  centreId: uuidSchema,
  /** Tells a lost or changed PC secret from a wrong password. */
  vaultCheck: z.base64(),
  /** The store key under the PC's secret and the centre's share: for an account's first sign-in here. */
  deviceWrap: z.base64(),
  /** Where the centre is and what unsent work is sealed to, under the PC's secret; null: not known yet. */
  bond: z.base64().nullable(),
  /** The lease that the store stands under, its share and its times under the PC's secret. */
  lease: z.object({ id: uuidSchema, sealed: z.base64() }).nullable(),
  /** When this PC learned that it was shut out; null: it was not. */
  shutOutAt: instantSchema.nullable(),
  accounts: z.array(accountEntrySchema).max(500)
})
export type Keyring = z.infer<typeof keyringSchema>

const firstKeyringSchema = z.object({
  ...keyringSchema.omit({ bond: true, lease: true, shutOutAt: true }).shape,
  format: z.literal(1),
  accounts: z.array(accountEntrySchema.omit({ leaseId: true })).max(500)
})

export type KeyringFailure = { type: 'KeyringMissing' } | { type: 'KeyringDamaged' } | { type: 'KeyringFromFuture' }

export function readKeyring(file: string): Result<Keyring, KeyringFailure> {
  const text = readOrNull(file)
  if (text === null) return err({ type: 'KeyringMissing' })
  const value = parseJson(text)
  const format = z.looseObject({ format: z.int().positive() }).safeParse(value).data?.format ?? 0
  if (format > KEYRING_FORMAT) return err({ type: 'KeyringFromFuture' })
  const keyring = format === 1 ? fromFirstFormat(value) : keyringSchema.safeParse(value).data
  return keyring === undefined ? err({ type: 'KeyringDamaged' }) : ok(keyring)
}

function fromFirstFormat(value: unknown): Keyring | undefined {
  const first = firstKeyringSchema.safeParse(value).data
  if (first === undefined) return undefined
  const accounts = first.accounts.map((entry) => ({ ...entry, leaseId: null }))
  return { ...first, format: KEYRING_FORMAT, bond: null, lease: null, shutOutAt: null, accounts }
}

export const writeKeyring = (file: string, keyring: Keyring): void =>
  writeFileAtomically(file, `${JSON.stringify(keyring, null, 2)}\n`)

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
