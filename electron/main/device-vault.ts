import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, dialog, safeStorage } from 'electron'
import en from '#resources/locales/en/main.json' with { type: 'json' }
import ko from '#resources/locales/ko/main.json' with { type: 'json' }
import { type DeviceSecret, openDeviceSecret, type SecretWrapping } from './device-secret.ts'

const mainTexts = () => (app.getLocale().startsWith('ko') ? ko : en)

export interface DeviceVault extends DeviceSecret {
  /** `os`: the operating system guards the secret. `unprotected`: development machines without a vault only. */
  readonly kind: 'os' | 'unprotected'
  readonly wrapping: SecretWrapping
}

const osWrapping: SecretWrapping = {
  wrap: (secret) => safeStorage.encryptString(Buffer.from(secret).toString('base64')),
  unwrap: (kept) => Buffer.from(safeStorage.decryptString(Buffer.from(kept)), 'base64')
}
const noWrapping: SecretWrapping = { wrap: (secret) => secret, unwrap: (kept) => kept }

/** The PC's own part of the key to its stores: 32 random bytes, kept wrapped by the operating system's vault. */
export function createDeviceVault(userData: string): DeviceVault {
  const kind = safeStorage.isEncryptionAvailable() ? 'os' : 'unprotected'
  if (kind === 'unprotected' && app.isPackaged) {
    dialog.showErrorBox(app.name, mainTexts().vaultUnavailable)
    app.exit(1)
  }
  mkdirSync(userData, { recursive: true })
  const file = join(userData, kind === 'os' ? 'device-secret.bin' : 'device-secret.unprotected')
  const wrapping = kind === 'os' ? osWrapping : noWrapping
  return { kind, wrapping, ...openDeviceSecret(file, wrapping) }
}
