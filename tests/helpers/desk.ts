import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { clockEnv, electronWith, type TestClock } from './clock/test-clock.ts'

const root = resolve(import.meta.dirname, '../..')

export interface Desk {
  readonly app: ElectronApplication
  readonly page: Page
  /** The desk's own folder: its stores, keyring and vault. */
  readonly dataDir: string
  close(): Promise<void>
  /** kill -9 of the whole application, as a power cut would. */
  kill(): Promise<void>
}

interface DeskOptions {
  dataDir: string
  serverUrl: string
  /** What the administrator's list calls the PC; the machine's own name unless given. */
  name?: string
  /** The key store of the operating system; without one the desk keeps its secret unprotected. */
  vault?: { env: NodeJS.ProcessEnv }
  /** Size of the window's content. */
  size?: { width: number; height: number }
  /** A clock that can be put forward; the machine's unless given. */
  clock?: TestClock | null
}

export const SMALLEST_OFFICE_SCREEN = { width: 1366, height: 768 }

/** A real Electron with its own data folder: one PC of an office. */
export async function openDesk(options: DeskOptions): Promise<Desk> {
  const { dataDir, serverUrl, name, vault, size = SMALLEST_OFFICE_SCREEN, clock = null } = options
  const place = { MNK_DATA_DIR: dataDir, MNK_SERVER_URL: serverUrl, MNK_DEVICE_NAME: name }
  const env = { ...process.env, ...vault?.env, ...clockEnv(clock), ...place }
  const app = await _electron.launch({
    args: [...(vault ? ['--password-store=gnome-libsecret'] : []), ...electronWith(clock), root],
    cwd: root,
    env: env as Record<string, string>,
    // With a path given Playwright leaves the choice of the key store to the switch.
    ...(vault && { executablePath: process.env.ELECTRON_EXEC_PATH ?? '' })
  })
  const page = await app.firstWindow()
  await clock?.setWindow(page)
  await resizeDesk(app, size)
  return {
    app,
    page,
    dataDir,
    close: () => app.close(),
    kill: async () => {
      const gone = new Promise<void>((settle) => app.process().once('exit', () => settle()))
      app.process().kill('SIGKILL')
      await gone
    }
  }
}

export async function resizeDesk(app: ElectronApplication, size: { width: number; height: number }): Promise<void> {
  await app.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height)
  }, size)
}

/** Folders for the desks of one test; all removed at its end. */
export function createDeskFolders(): { make(): string; remove(): void } {
  const made: string[] = []
  return {
    make: () => {
      const dir = mkdtempSync(join(tmpdir(), 'mnk-desk-'))
      made.push(dir)
      return dir
    },
    remove: () => {
      for (const dir of made) rmSync(dir, { recursive: true, force: true })
    }
  }
}

/** Types Korean as an input method does: each step is a composition, the last one is committed. */
export async function composeKorean(page: Page, steps: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  for (const text of steps) {
    await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  }
  await session.send('Input.insertText', { text: steps.at(-1) ?? '' })
  await session.detach()
}
