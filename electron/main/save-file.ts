import { type BrowserWindow, dialog } from 'electron'
import { z } from 'zod'
import { MOST_DOCUMENT_BYTES } from '#shared/domain/document/case-document.ts'
import type { SaveOutcome } from '#shared/ipc/contract.ts'
import type { WholeFiles } from './whole-files.ts'

/** Proposed, so it must not lead anywhere: letters, digits, blanks and a few marks. */
export const nameSchema = z.string().regex(/^[\p{L}\p{N} ._-]{1,80}$/u)

export const fileSchema = z.object({
  name: nameSchema,
  content: z.instanceof(Uint8Array).refine(({ length }) => length <= MOST_DOCUMENT_BYTES)
})

/** Asks the person where to, and writes the file there. The window never learns the place. */
export async function saveFile(
  window: BrowserWindow | null,
  { name, content }: z.infer<typeof fileSchema>,
  files: WholeFiles
): Promise<SaveOutcome> {
  const options = { defaultPath: name }
  const chosen = await (window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options))
  if (chosen.canceled || chosen.filePath === '') return 'cancelled'
  try {
    await files.write(chosen.filePath, content)
    return 'saved'
  } catch {
    return 'failed' // no room, no right, a medium pulled out: the person chooses another place
  }
}
