import type { Desk } from './desk.ts'

/** The system's own dialog for a place to save at cannot be driven: a test says beforehand what it answers. */

export const saveAt = ({ app }: Pick<Desk, 'app'>, path: string): Promise<void> =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, path)

/** Under the name that the desk proposes. */
export const saveIn = ({ app }: Pick<Desk, 'app'>, folder: string): Promise<void> =>
  app.evaluate(({ dialog }, place) => {
    dialog.showSaveDialog = (async (...asked: unknown[]) => {
      const { defaultPath } = asked.at(-1) as { defaultPath: string }
      return { canceled: false, filePath: `${place}/${defaultPath}` }
    }) as typeof dialog.showSaveDialog
  }, folder)
