import { cpSync } from 'node:fs'
import { test as base } from '@playwright/test'
import { type Centre, startCentre } from './centre.ts'
import { createDeskFolders, type Desk, openDesk } from './desk.ts'
import { type Line, openLine } from './line.ts'
import { ALL_SENT, type Credentials, caseRows, goToScreen, signInFirstTime, syncWords } from './screens.ts'

export const PASSWORD = 'Desk-2026!demo'
export const HER: Credentials = { login: 'gangnam.kim', password: PASSWORD }
/** Administers the district; sees no case. */
export const ADMINISTRATOR: Credentials = { login: 'gangnam.admin', password: PASSWORD }
export const COLLEAGUE: Credentials = { login: 'gangnam.lee', password: PASSWORD }

const CASES = 600
const ARRIVES = { timeout: 20_000 }

/** A PC that has received its district, signed in, with a line of its own that can be cut. */
export type WorkingPc = Desk & { readonly line: Line }

/** The PCs of one test. All are closed and removed at its end. */
export interface Office {
  readonly centre: Centre
  /** A PC on which nobody has signed in yet. `serverUrl`: where it looks for the centre. */
  newPc(options?: { serverUrl?: string }): Promise<Desk>
  /** A line of its own to the centre, for a PC that is yet to come. */
  openLine(): Promise<Line>
  /** Looking at the list. */
  workingPc(who?: Credentials): Promise<WorkingPc>
  /**
   * A locked PC of hers that has received its district. A copy of one PC: the centre takes what it sends for the first
   * one's, so tests that send use `workingPc`.
   */
  lockedPc(prepare?: (dataDir: string) => void): Promise<Desk>
  /** Starts a PC that was closed or killed again. */
  startAgain(desk: Desk): Promise<Desk>
}

interface WorkerFixtures {
  centre: Centre
  lockedPcFolder: string
}

/** Tests with a real centre and real desks. One centre serves every spec of a worker: starting it costs seconds. */
export const test = base.extend<{ office: Office }, WorkerFixtures>({
  centre: [
    async ({ playwright: _playwright }, use) => {
      const centre = await startCentre({ cases: CASES })
      await use(centre)
      await centre.remove()
    },
    { scope: 'worker', timeout: 120_000 }
  ],
  lockedPcFolder: [
    async ({ centre }, use) => {
      const folders = createDeskFolders()
      const dataDir = folders.make()
      const desk = await openDesk({ dataDir, serverUrl: centre.url })
      await receiveDistrict(desk, HER)
      await desk.close()
      await use(dataDir)
      folders.remove()
    },
    { scope: 'worker', timeout: 60_000 }
  ],
  office: async ({ centre, lockedPcFolder }, use) => {
    const pcs = createPcs(centre.url)
    await use({
      centre,
      newPc: ({ serverUrl = centre.url } = {}) => pcs.open(pcs.makeFolder(), serverUrl),
      workingPc: async (who = HER) => {
        const line = await pcs.openLine()
        const desk = await pcs.open(pcs.makeFolder(), line.url)
        await receiveDistrict(desk, who)
        return { ...desk, line }
      },
      lockedPc: (prepare = () => undefined) => {
        const dataDir = pcs.makeFolder()
        cpSync(lockedPcFolder, dataDir, { recursive: true, filter: (path) => !path.includes('Singleton') })
        prepare(dataDir)
        return pcs.open(dataDir, centre.url)
      },
      openLine: pcs.openLine,
      startAgain: pcs.startAgain
    })
    await pcs.end()
  }
})

/** Keeps track of what has to be closed. */
function createPcs(centreUrl: string) {
  const folders = createDeskFolders()
  const running = new Map<string, { desk: Desk; serverUrl: string; hasEnded: boolean }>()
  const lines: Line[] = []
  const open = async (dataDir: string, serverUrl: string): Promise<Desk> => {
    const desk = await openDesk({ dataDir, serverUrl })
    const entry = { desk, serverUrl, hasEnded: false }
    running.set(dataDir, entry)
    desk.app.once('close', () => {
      entry.hasEnded = true
    })
    return desk
  }
  return {
    open,
    makeFolder: folders.make,
    openLine: async () => {
      const line = await openLine(centreUrl)
      lines.push(line)
      return line
    },
    startAgain: ({ dataDir }: Desk) => open(dataDir, running.get(dataDir)?.serverUrl ?? centreUrl),
    end: async () => {
      for (const { desk, hasEnded } of running.values()) {
        if (!hasEnded) await desk.close()
      }
      for (const line of lines) await line.close()
      folders.remove()
    }
  }
}

/** Signs in for the first time and waits until the district is there. */
export async function receiveDistrict({ page }: Desk, who: Credentials): Promise<void> {
  await signInFirstTime(page, who)
  await goToScreen(page, '사례 목록')
  await caseRows(page).first().waitFor(ARRIVES)
  await syncWords(page).filter({ hasText: ALL_SENT }).waitFor(ARRIVES)
}
