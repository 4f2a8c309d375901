import { BrowserWindow } from 'electron'
import type { Paper } from '#shared/papers/paper.ts'
import { pageUrl } from './app-protocol.ts'
import { LOCKED_DOWN } from './hardening.ts'

/** A paper that is not laid out by then never will be. */
const LAID_OUT_WITHIN_MS = 60_000

/**
 * Prints a paper as PDF, in a window of its own that nobody sees, that has no bridge to the program and goes nowhere.
 * null: it could not be printed.
 */
export async function printPaper(paper: Paper): Promise<Uint8Array | null> {
  const window = new BrowserWindow({ show: false, webPreferences: { ...LOCKED_DOWN, backgroundThrottling: false } })
  window.webContents.on('will-navigate', (event) => event.preventDefault())
  const tooLate = setTimeout(() => window.destroy(), LAID_OUT_WITHIN_MS)
  try {
    await window.loadURL(pageUrl('paper.html'))
    // JSON is JavaScript, so that nothing of a paper's texts can be anything but a text.
    await window.webContents.executeJavaScript(`window.layOutPaper(${JSON.stringify(paper)})`)
    return await window.webContents.printToPDF({
      preferCSSPageSize: true,
      printBackground: true,
      generateTaggedPDF: true
    })
  } catch (fault) {
    process.stderr.write(`a paper was not printed: ${fault instanceof Error ? fault.name : 'unknown fault'}\n`)
    return null
  } finally {
    clearTimeout(tooLate)
    if (!window.isDestroyed()) window.destroy()
  }
}
