import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { expect } from '@playwright/test'
import { HER, test } from '../helpers/office.ts'
import { walkThrough } from '../helpers/scene.ts'
import { SCENES } from '../helpers/scenes.ts'
import { unlock } from '../helpers/screens.ts'

const root = resolve(import.meta.dirname, '../..')

test('the page has nothing of Node or Electron but the few calls of its bridge', async ({ office }) => {
  const { app, page } = await office.newPc()
  await page.locator('[data-session]').waitFor()
  expect(
    await page.evaluate(() => ({
      names: ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'electron'].filter(
        (name) => name in window
      ),
      bridge: Object.keys(window.desk).sort(),
      frozen: Object.isFrozen(window.desk)
    }))
  ).toEqual({
    names: [],
    bridge: ['choosePlace', 'connectStore', 'copyText', 'markReady', 'saveFile', 'setZoom'],
    frozen: true
  })
  expect(
    await app.evaluate(({ BrowserWindow, Menu }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as
        | (Electron.WebContents & { getLastWebPreferences(): Electron.WebPreferences })
        | undefined
      const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } =
        contents?.getLastWebPreferences() ?? {}
      return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag, menu: Menu.getApplicationMenu() }
    })
  ).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    menu: null
  })
})

test('the pages come with a policy that allows nothing from elsewhere, and a whole tour never breaks it', async ({
  office
}) => {
  const { page } = await office.lockedPc()
  const said: string[] = []
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => said.push(error.message))
  await page.evaluate(() =>
    document.addEventListener(
      'securitypolicyviolation',
      ({ violatedDirective, blockedURI, sourceFile, lineNumber, sample }) =>
        console.error(violatedDirective, blockedURI, sourceFile, lineNumber, sample)
    )
  )
  const headers = await page.evaluate(async () => Object.fromEntries((await fetch('app://desk/index.html')).headers))
  expect(headers).toMatchObject({
    'content-security-policy': expect.stringContaining("default-src 'none'; script-src 'self'; style-src 'self';"),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer'
  })
  expect(headers['content-security-policy']).not.toContain('unsafe')
  await unlock(page, HER)
  await walkThrough(page, SCENES, async () => undefined)
  expect(said).toEqual([])
})

test('the page cannot leave, open windows, frame pages, reach the network or get a permission', async ({ office }) => {
  const { app, page } = await office.newPc()
  await page.locator('[data-session]').waitFor()
  const answers = await page.evaluate(async (centre) => {
    const refused = async (attempt: () => Promise<unknown>): Promise<string> =>
      attempt().then(
        () => 'allowed',
        () => 'refused'
      )
    return {
      window: window.open('https://example.kr/') === null ? 'refused' : 'allowed',
      network: await refused(() => fetch(centre)),
      outside: await refused(async () => {
        const { status } = await fetch('app://desk/../../package.json')
        if (status === 404) throw new Error('not found')
      }),
      otherHost: await refused(async () => {
        const { status } = await fetch('app://other/index.html')
        if (status === 404) throw new Error('not found')
      }),
      script: await refused(async () => new Function('return 1')()),
      camera: await refused(() => navigator.mediaDevices.getUserMedia({ video: true })),
      notifications: await refused(async () => {
        if ((await Notification.requestPermission()) !== 'granted') throw new Error('denied')
      }),
      place: await refused(
        () => new Promise((found, failed) => navigator.geolocation.getCurrentPosition(found, failed, { timeout: 2000 }))
      )
    }
  }, office.centre.url)
  expect(answers).toEqual(Object.fromEntries(Object.keys(answers).map((name) => [name, 'refused'])))

  const waysOut = [
    "location.assign('https://example.kr/')",
    "location.assign('file:///etc/passwd')",
    "Object.assign(document.createElement('a'), { href: 'https://example.kr/', target: '_blank' }).click()",
    "const form = Object.assign(document.createElement('form'), { action: 'https://example.kr/' }); document.body.append(form); form.submit()"
  ]
  for (const way of waysOut) {
    const after = await app.evaluate(async ({ BrowserWindow }, script) => {
      const windows = BrowserWindow.getAllWindows()
      const contents = windows[0]?.webContents
      await contents?.executeJavaScript(`{ ${script} }; 0`)
      await new Promise((settle) => setTimeout(settle, 200))
      const isHere: unknown = await contents?.executeJavaScript("document.querySelector('[data-session]') !== null")
      return { windows: BrowserWindow.getAllWindows().length, url: contents?.getURL(), isHere }
    }, way)
    expect(after, way).toEqual({ windows: 1, url: 'app://desk/index.html', isHere: true })
  }
})

test('a page that is not ours gets no way to the store, even with our preload', async ({ office }) => {
  const { app } = await office.newPc()
  const preload = resolve(root, 'out/preload/preload.cjs')
  const answerTo = (url: string): Promise<string> =>
    app.evaluate(
      async ({ BrowserWindow }, { page, preload: script }) => {
        const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, preload: script } })
        await window.loadURL(page)
        const answer: string = await window.webContents.executeJavaScript(`new Promise((settle) => {
          window.addEventListener('message', (event) => event.ports.length && settle('a port'))
          window.desk.connectStore()
          setTimeout(() => settle('no answer'), 1000)
        })`)
        window.destroy()
        return answer
      },
      { page: url, preload }
    )
  expect(await answerTo('data:text/html,<p>not ours</p>')).toBe('no answer')
  expect(await answerTo('app://desk/index.html')).toBe('a port') // the same question from our own page
})

test('starting the program again brings the open window back instead of a second one', async ({ office }) => {
  const desk = await office.newPc()
  const { app } = desk
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
  const second = spawn(
    process.env.ELECTRON_EXEC_PATH ?? '',
    [root, ...(process.env.NO_SANDBOX ? ['--no-sandbox'] : [])],
    {
      env: { ...process.env, MNK_DATA_DIR: desk.dataDir },
      stdio: 'ignore'
    }
  )
  expect(await new Promise((settle) => second.once('exit', settle))).toBe(0)
  await expect
    .poll(() =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isMinimized()))
    )
    .toEqual([false])
})
