import { app, session } from 'electron'
import { isOwnPage } from './app-protocol.ts'

/** What every window's page has: its sandbox, and nothing of Node. */
export const LOCKED_DOWN = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
  spellcheck: false,
  navigateOnDragDrop: false,
  disableDialogs: true
} as const

/**
 * What a window may not do, whatever its page asks: other pages, other windows, web views, device and media
 * permissions, downloads. Electron's security checklist, items 4–5 and 12–15.
 */
export function refuseEverythingElse(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.defaultSession.setPermissionCheckHandler(() => false)
  session.defaultSession.setDevicePermissionHandler(() => false)
  session.defaultSession.on('will-download', (event) => event.preventDefault())
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.on('will-navigate', (event, url) => {
      if (!isOwnPage(url)) event.preventDefault()
    })
    contents.on('will-redirect', (event) => event.preventDefault())
  })
}
