import { hostname } from 'node:os'
import { join } from 'node:path'
import { app, Menu } from 'electron'
import { registerAppScheme, serveAppPages } from './app-protocol.ts'
import { createDeviceVault } from './device-vault.ts'
import { refuseEverythingElse } from './hardening.ts'
import { answerWindow } from './ipc-main.ts'
import { mainWindow, openMainWindow } from './main-window.ts'
import { printPaper } from './paper-printer.ts'
import { markStart } from './start-marks.ts'
import { createStoreFiles } from './store-files.ts'
import { startStoreProcess } from './store-process.ts'
import { createWholeFiles } from './whole-files.ts'

markStart('main-start')
registerAppScheme()
// Every window asks for its sandbox itself. As root (tests, containers) Chromium has none to give: it is started with
// --no-sandbox, and insisting would make its helper processes crash in a loop.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
if (!app.isPackaged && process.env.MNK_DATA_DIR) app.setPath('userData', process.env.MNK_DATA_DIR)

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    const window = mainWindow()
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  app
    .whenReady()
    .then(start)
    .catch((fault: unknown) => {
      // Without this the process would go on without a window.
      process.stderr.write(`start failed: ${fault instanceof Error ? fault.stack : 'unknown fault'}\n`)
      app.exit(1)
    })
} else {
  app.exit(0)
}

function start(): void {
  markStart('app-ready')
  Menu.setApplicationMenu(null)
  refuseEverythingElse()
  serveAppPages()
  const vault = createDeviceVault(app.getPath('userData'))
  const store = startStoreProcess({
    vault,
    dataDir: join(app.getPath('userData'), 'data'),
    nativeBinding: app.isPackaged ? undefined : process.env.MNK_SQLITE_ADDON,
    serverUrl: app.isPackaged ? null : (process.env.MNK_SERVER_URL ?? null),
    appVersion: app.getVersion(),
    deviceName: (app.isPackaged ? undefined : process.env.MNK_DEVICE_NAME) ?? hostname(),
    demo: !app.isPackaged && process.env.MNK_DEMO === '1',
    printPaper,
    onPlaceDone: (placeId) => void storeFiles.done(placeId),
    onRestart: () => {
      void storeFiles.clear()
      mainWindow()?.webContents.reload()
    }
  })
  const files = createWholeFiles({ notesDir: join(app.getPath('userData'), 'unfinished'), wrapping: vault.wrapping })
  void files.clearParts()
  const storeFiles = createStoreFiles(files, store.post)
  answerWindow({ connectStore: store.connect, files, storeFiles })
  openMainWindow()
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    // The utility process dies with the app: let it close its file first.
    if (store.closed()) return
    event.preventDefault()
    void store
      .close()
      .then(storeFiles.clear)
      .then(() => app.quit())
  })
}
