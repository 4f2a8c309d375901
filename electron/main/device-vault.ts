import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, dialog, safeStorage } from 'electron'
import en from '#resources/locales/en/main.json' with { type: 'json' }
import ko from '#resources/locales/ko/main.json' with { type: 'json' }

const SECRET_BYTES = 32

const mainTexts = () => (app.getLocale().startsWith('ko') ? ko : en)

export interface DeviceVault {
  /** `os`: the operating system guards the secret. `unprotected`: development machines without a vault only. */
  readonly kind: 'os' | 'unprotected'
  /** This PC's secret, or null when there was one and the vault no longer gives it. */
  readonly secret: Uint8Array | null
  /** Puts a lost secret aside and makes a new one. */
  renew(): Uint8Array
}

/** The PC's own part of the key to its stores: 32 random bytes, kept wrapped by the operating system's vault. */
export function createDeviceVault(userData: string): DeviceVault {
  const kind = safeStorage.isEncryptionAvailable() ? 'os' : 'unprotected'
  if (kind === 'unprotected' && app.isPackaged) {
    dialog.showErrorBox(app.name, mainTexts().vaultUnavailable)
    app.exit(1)
  }
  mkdirSync(userData, { recursive: true })
  const file = join(userData, kind === 'os' ? 'device-secret.bin' : 'device-secret.unprotected')
  const make = (): Uint8Array => {
    const secret = Buffer.from(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)))
    const kept = kind === 'os' ? safeStorage.encryptString(secret.toString('base64')) : secret
    writeFileSync(`${file}.new`, kept, { mode: 0o600, flush: true })
    renameSync(`${file}.new`, file)
    return secret
  }
  return {
    kind,
    secret: existsSync(file) ? readSecret(file, kind) : make(),
    renew: () => {
      if (existsSync(file)) renameSync(file, `${file}.lost-${Date.now()}`)
      return make()
    }
  }
}

function readSecret(file: string, kind: DeviceVault['kind']): Uint8Array | null {
  const kept = readFileSync(file)
  try {
    const secret = kind === 'os' ? Buffer.from(safeStorage.decryptString(kept), 'base64') : kept
    return secret.length === SECRET_BYTES ? secret : null
  } catch {
    return null // wrapped by another user, PC or reinstalled system
  }
}
