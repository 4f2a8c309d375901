import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

/** How the operating system keeps bytes for this user; `unwrap` throws for what it did not wrap itself. */
export interface SecretWrapping {
  wrap(secret: Uint8Array): Uint8Array
  unwrap(kept: Uint8Array): Uint8Array
}

export interface DeviceSecret {
  /** The secret as it is now. null: there was one and the vault no longer gives it, or the disk had no room for the first. */
  present(): Uint8Array | null
  /** Puts a lost secret aside and makes a new one. null: the disk has no room for it. */
  renew(): Uint8Array | null
}

const SECRET_BYTES = 32

/** This PC's 32 random bytes in a file of their own; made when there is none. */
export function openDeviceSecret(file: string, wrapping: SecretWrapping): DeviceSecret {
  const make = (): Uint8Array | null => {
    const made = crypto.getRandomValues(new Uint8Array(SECRET_BYTES))
    try {
      writeFileSync(`${file}.new`, wrapping.wrap(made), { mode: 0o600, flush: true })
    } catch (error) {
      if (isDiskFull(error)) return null
      throw error
    }
    renameSync(`${file}.new`, file)
    return made
  }
  let secret = existsSync(file) ? readSecret(file, wrapping) : make()
  return {
    present: () => secret,
    renew: () => {
      if (existsSync(file)) renameSync(file, `${file}.lost-${Date.now()}`)
      secret = make()
      return secret
    }
  }
}

function readSecret(file: string, wrapping: SecretWrapping): Uint8Array | null {
  const kept = readFileSync(file)
  try {
    const secret = wrapping.unwrap(kept)
    return secret.length === SECRET_BYTES ? new Uint8Array(secret) : null
  } catch {
    return null // wrapped by another user, PC or reinstalled system
  }
}

const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
