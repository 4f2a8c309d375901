import { z } from 'zod'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { Locked } from '#shared/ipc/contract.ts'
import type { ReadableDb } from '../db/database.ts'
import { entryByLogin, unlockSigningSeed, wipe } from '../keys/keyring.ts'
import { readKeyring } from '../keys/keyring-file.ts'
import { freshSigningSeed, publicKeyOf, signWith } from '../keys/signing-key.ts'
import { isApprovalWaiting } from '../outbox/outbox.ts'
import { rememberedAccount } from './account-memory.ts'
import { callCentre } from './centre-call.ts'
import type { OpenStore } from './open-store.ts'
import type { EntryDeps } from './session-deps.ts'

export interface SignAttempt {
  readonly password: string
  /** What she signs; a file that is given out names the key. */
  readonly messageFor: (publicKey: Uint8Array) => Uint8Array
}

/** Both base64. */
export interface Signature {
  readonly signature: string
  readonly publicKey: string
}

export type SignFailure =
  | Locked
  | { type: 'WrongPassword'; attemptsLeft: number }
  /** Too many wrong ones: the desk is locked, and an online sign-in lets her in again. */
  | { type: 'AccountLocked' }
  /** She has no key at this PC, and the centre could not be told of one now. */
  | { type: 'SigningKeyMissing' }

/** Signs for the account at work with the key that her password opens. Works without a line once she has a key here. */
export async function signHere(
  deps: EntryDeps,
  { open, deviceSecret, attempt }: { open: OpenStore; deviceSecret: Uint8Array; attempt: SignAttempt }
): Promise<Result<Signature, SignFailure>> {
  const { db, folder, remembered } = open
  const { id, login } = remembered.account
  const keyring = readKeyring(folder.keyringFile)
  if (!keyring.ok) return err({ type: 'Locked' })
  const lease = deps.leases.held(keyring.value, deviceSecret)
  const token = rememberedAccount(db, id)?.token ?? ''
  const line = { serverUrl: deps.serverUrl ?? remembered.serverUrl, token }
  const opened = await unlockSigningSeed(
    { file: folder.keyringFile, keyring: keyring.value },
    { login, password: attempt.password, deviceSecret, lease },
    enrolAt(deps, db, line)
  )
  if (!opened.ok) {
    const { error } = opened
    return err(error.type === 'UnknownAccount' || error.type === 'LeaseMissing' ? { type: 'Locked' } : error)
  }
  const seed = opened.value
  const publicKey = publicKeyOf(seed)
  const message = attempt.messageFor(Buffer.from(publicKey, 'base64'))
  const signed = { signature: signWith(seed, message), publicKey }
  wipe(seed)
  return ok(signed)
}

interface Line {
  readonly serverUrl: string
  readonly token: string
}

interface SignersSignIn {
  readonly db: ReadableDb
  readonly keyringFile: string
  readonly login: string
  readonly password: string
  readonly deviceSecret: Uint8Array
  readonly line: Line
}

/**
 * With a sign-in of who signs papers the centre knows the key with which she signs here, also one that was set back meanwhile. A
 * centre that does not answer is told with her next sign-in, or when she signs.
 */
export async function enrolSigner(deps: EntryDeps, signer: SignersSignIn): Promise<void> {
  const keyring = readKeyring(signer.keyringFile)
  if (!keyring.ok) return
  const known = entryByLogin(keyring.value, signer.login)?.signingKey ?? null
  if (known !== null) {
    await register(deps, signer.line, known.publicKey)
    return
  }
  const lease = deps.leases.held(keyring.value, signer.deviceSecret)
  const place = { file: signer.keyringFile, keyring: keyring.value }
  const made = await unlockSigningSeed(place, { ...signer, lease }, enrolAt(deps, signer.db, signer.line))
  if (made.ok) wipe(made.value)
}

/** A new key ends the one before it at the centre; not while something that was signed with that is on its way. */
const enrolAt = (deps: EntryDeps, db: ReadableDb, line: Line) => async (): Promise<Uint8Array | null> => {
  if (isApprovalWaiting(db)) return null
  const seed = freshSigningSeed()
  return (await register(deps, line, publicKeyOf(seed))) ? seed : null
}

async function register(deps: EntryDeps, { serverUrl, token }: Line, publicKey: string): Promise<boolean> {
  const answer = await callCentre(deps, {
    ...{ serverUrl, path: 'signing-keys', body: { publicKey } },
    ...{ authorization: `Bearer ${token}`, answer: z.null() }
  })
  return answer.ok
}
