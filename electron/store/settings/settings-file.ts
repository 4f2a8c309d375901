import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Settings } from '#shared/ipc/contract.ts'
import { MOST_IDLE_MINUTES } from '#shared/ipc/limits.ts'
import { writeFileAtomically } from '../keys/atomic-file.ts'

/** What a PC remembers besides its stores, in the clear: nothing personal, nothing secret. */
const settingsFileSchema = z.object({
  locale: z.enum(['ko', 'en']).catch('ko'),
  contrast: z.enum(['light', 'high']).catch('light'),
  locksAfterMinutes: z.int().min(1).max(MOST_IDLE_MINUTES).catch(MOST_IDLE_MINUTES),
  /** The centre that somebody last signed in to. */
  serverUrl: z.url().nullable().catch(null)
})
type SettingsFile = z.infer<typeof settingsFileSchema>

export interface SettingsStore {
  get(): Settings
  serverUrl(): string | null
  /** A change that cannot be written is not kept: the error goes to the caller. */
  set(change: { readonly [K in keyof SettingsFile]?: SettingsFile[K] | undefined }): Settings
}

/** A settings file that is missing or damaged counts as the defaults, value by value: it is never in anybody's way. */
export function createSettingsStore(file: string): SettingsStore {
  let settings = settingsFileSchema.parse(readSettings(file))
  const get = (): Settings => {
    const { locale, contrast, locksAfterMinutes } = settings
    return { locale, contrast, locksAfterMinutes }
  }
  return {
    get,
    serverUrl: () => settings.serverUrl,
    set: (change) => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      const next = settingsFileSchema.parse({ ...settings, ...given })
      writeFileAtomically(file, `${JSON.stringify(next, null, 2)}\n`)
      settings = next
      return get()
    }
  }
}

function readSettings(file: string): object {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return typeof value === 'object' && value !== null ? value : {}
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      return {}
    throw error
  }
}
