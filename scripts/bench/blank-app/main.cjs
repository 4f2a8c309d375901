const { join } = require('node:path')
const { app, BrowserWindow } = require('electron')

// As root Chromium has no sandbox, and insisting on it crashes its helpers.
if (process.getuid?.() !== 0) app.enableSandbox()
app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false }
  })
  window.once('ready-to-show', () => window.show())
  window.loadFile(join(process.env.MNK_BLANK_PAGES, 'index.html'))
})
app.on('window-all-closed', () => app.quit())
