import { expect, type Page } from '@playwright/test'
import { z } from 'zod'
import { type Centre, startCentre } from '../../helpers/centre.ts'
import { createTestClock, type TestClock } from '../../helpers/clock/test-clock.ts'
import { createDeskFolders, type Desk, openDesk } from '../../helpers/desk.ts'
import { ALL_SENT, type Credentials, signInAsAnother, syncWords, unlock } from '../../helpers/screens.ts'
import type { StoryStep as Step } from '../story.ts'

/** What the story plays on: a centre, a PC at which everybody works, one that is mostly off, and a clock for them all. */

export const PASSWORD = 'Desk-2026!demo'
export const HER = { login: 'gangnam.kim', password: PASSWORD }
export const COLLEAGUE = { login: 'gangnam.lee', password: PASSWORD }
export const LEAD = { login: 'gangnam.team', password: PASSWORD }
export const OFFICER = { login: 'gangnam.privacy', password: PASSWORD }

export const [OFFICE_PC, SWITCHED_OFF_PC] = ['역삼1동-민원-03', '가족정책과-출장-01']

/** Of which more than two thousand of the district are closed. */
const CASES = 6400
/** When every case of today is past its five years and its office's five. */
const YEARS_LATER = '2032-01-15T00:30:00Z'
export const SOON = { timeout: 60_000 }

export interface Stage {
  readonly clock: TestClock
  readonly centre: Centre
  readonly documentsDir: string
  readonly dataDirs: { readonly office: string; readonly off: string }
  office: Desk
  /** Of the databases, from before the execution. */
  backup: string
  batchId: string
  /** null: nobody has switched it on. */
  off: Desk | null
}
export type StoryStep = Step<Stage>

export async function setStage({
  documentsDir
}: {
  documentsDir: string
}): Promise<{ stage: Stage; end(): Promise<void> }> {
  const clock = createTestClock()
  const folders = createDeskFolders()
  const centre = await startCentre({ cases: CASES, clock })
  await centre.stop()
  clock.putForwardTo(YEARS_LATER)
  await centre.operate('retention', 'run', '--district', '11680')
  const dataDirs = { office: folders.make(), off: folders.make() }
  const stage: Stage = {
    ...{ clock, centre, dataDirs, documentsDir },
    office: await switchOn({ clock, centre }, dataDirs.office, OFFICE_PC),
    ...{ off: null, backup: '', batchId: '' }
  }
  return {
    stage,
    end: async () => {
      await stage.office.close()
      await stage.off?.close()
      await centre.remove()
      folders.remove()
      clock.remove()
    }
  }
}

const switchOn = ({ clock, centre }: Pick<Stage, 'clock' | 'centre'>, dataDir: string, name: string): Promise<Desk> =>
  openDesk({ dataDir, serverUrl: centre.url, name, clock })

/** The colleague's PC is on for this long. */
export async function whileOn(stage: Stage, work: (desk: Desk) => Promise<void>): Promise<void> {
  stage.off = await switchOn(stage, stage.dataDirs.off, SWITCHED_OFF_PC)
  await work(stage.off)
  await stage.off.close()
  stage.off = null
}

/** What the centre does by itself each minute. */
export const executeDue = (centre: Centre): Promise<string> =>
  centre.operate('destruction', 'run', '--district', '11680')

/** Whoever worked at the PC locks it, and another person sits down. */
export async function changePerson(page: Page, who: Credentials): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Control+l') // a dialog that is just closing takes no keys
    await expect(page.locator('[data-session="locked"]')).toBeVisible({ timeout: 2_000 })
  }).toPass(SOON)
  if ((await page.locator(`[data-login="${who.login}"]`).count()) > 0) await unlock(page, who)
  else await signInAsAnother(page, who)
}

/** The office PC is off meanwhile; the centre does what is due by then, and the officer switches the PC on again. */
export async function daysPass(stage: Stage, count: number): Promise<void> {
  await stage.office.close()
  stage.clock.putForwardBy(count)
  const batches = z.array(z.object({ batchId: z.string() })).parse(JSON.parse(await executeDue(stage.centre)))
  stage.batchId = batches[0]?.batchId ?? ''
  stage.office = await switchOn(stage, stage.dataDirs.office, OFFICE_PC)
  await unlock(stage.office.page, OFFICER)
  // Her pass is over, and she is signed in anew beside her work: the centre must not go away meanwhile.
  await expect(syncWords(stage.office.page)).toHaveText(ALL_SENT, SOON)
}
