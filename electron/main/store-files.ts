import { type BrowserWindow, dialog } from 'electron'
import type { ToStore } from '#shared/ipc/process-messages.ts'
import { nameSchema } from './save-file.ts'
import type { BegunFile, WholeFiles } from './whole-files.ts'

/** Files that the store writes by itself, because they are too long for a window: main knows where, the store what. */
export interface StoreFiles {
  /** Asks the person where to. The window learns a number for the place, the store the place. */
  choose(window: BrowserWindow | null, name: string): Promise<{ readonly placeId: string } | null>
  done(placeId: string): Promise<void>
  /** Of a store that ended in the middle nothing is left. */
  clear(): Promise<void>
}

export function createStoreFiles(files: WholeFiles, post: (message: ToStore) => void): StoreFiles {
  const begun = new Map<string, BegunFile>()
  return {
    choose: async (window, name) => {
      if (!nameSchema.safeParse(name).success) return null
      const options = { defaultPath: name }
      const chosen = await (window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options))
      if (chosen.canceled || chosen.filePath === '') return null
      const file = await files.begin(chosen.filePath)
      begun.set(file.id, file)
      post({ type: 'place', placeId: file.id, path: chosen.filePath, part: file.part })
      return { placeId: file.id }
    },
    done: async (placeId) => {
      await begun.get(placeId)?.end()
      begun.delete(placeId)
    },
    clear: async () => {
      for (const file of begun.values()) await file.end()
      begun.clear()
    }
  }
}
