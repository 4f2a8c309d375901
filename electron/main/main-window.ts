import { join } from 'node:path'
import { BrowserWindow } from 'electron'
import { pageUrl } from './app-protocol.ts'
import { LOCKED_DOWN } from './hardening.ts'
import { markStart } from './start-marks.ts'

const SMALLEST = { width: 1024, height: 640 }
const PAPER = '#f4f5f6'

let opened: BrowserWindow | null = null

/** null: not open yet, or closed. A window that prints is another one. */
export const mainWindow = (): BrowserWindow | null => opened

export function openMainWindow(): void {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    backgroundColor: PAPER,
    title: '만능키 데스크',
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      ...LOCKED_DOWN
    }
  })
  window.once('ready-to-show', () => {
    markStart('ready-to-show')
    window.show()
  })
  zoomByKeys(window)
  window.once('closed', () => {
    opened = null
  })
  opened = window
  window.loadURL(pageUrl('index.html'))
}

const ZOOM_STEPS = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300]

/** Without a menu the usual zoom keys are gone: Ctrl and +, - or 0. */
function zoomByKeys(window: BrowserWindow): void {
  window.webContents.on('before-input-event', (event, input) => {
    if (input.type !== 'keyDown' || !input.control || input.alt) return
    const now = Math.round(window.webContents.getZoomFactor() * 100)
    const next = zoomAfter(input.key, now)
    if (next === null) return
    event.preventDefault()
    window.webContents.setZoomFactor(next / 100)
  })
}

function zoomAfter(key: string, now: number): number | null {
  if (key === '0') return 100
  if (key === '+' || key === '=') return ZOOM_STEPS.find((step) => step > now) ?? now
  if (key === '-') return ZOOM_STEPS.findLast((step) => step < now) ?? now
  return null
}
