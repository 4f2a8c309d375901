import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from '@playwright/test'
import { startCentre } from '../../tests/helpers/centre.ts'
import { createDeskFolders, openDesk } from '../../tests/helpers/desk.ts'
import { ALL_SENT, signInFirstTime, syncWords } from '../../tests/helpers/screens.ts'
import { round } from './measure.ts'
import { storeProcessOf } from './process-memory.ts'

const HER = { login: 'gangnam.kim', password: 'Desk-2026!demo' }
/** The demo's cases lie in two districts. */
const DISTRICTS = 2
const COPY_IS_READY_MS = 60_000
const LONGEST_MS = 180_000
const SAMPLE_MS = 100

/**
 * First downloads of the running desk, window included: the first PC of an office takes the stream while the copy for the
 * next ones is made, the second takes the copy. Megabytes of the store process: the highest resident size is the kernel's
 * own count, and has the password's Argon2id in it; PSS is looked at ten times a second from the sign-in on.
 */
export async function benchDeskDownload({ cases }: { readonly cases: number }) {
  const centre = await startCentre({ cases: cases * DISTRICTS })
  const folders = createDeskFolders()
  const download = async () => {
    const desk = await openDesk({ dataDir: folders.make(), serverUrl: centre.url })
    try {
      const store = () => storeProcessOf(desk.app.process().pid ?? 0)
      const idle = store()
      let peakPss = 0
      await signInFirstTime(desk.page, HER)
      const sampling = setInterval(() => {
        peakPss = Math.max(peakPss, store().pss)
      }, SAMPLE_MS)
      const signedInAt = performance.now()
      try {
        await expect(syncWords(desk.page).filter({ hasText: ALL_SENT })).toBeVisible({ timeout: LONGEST_MS })
      } finally {
        clearInterval(sampling)
      }
      const seconds = (performance.now() - signedInAt) / 1000
      const figures = { idleRss: idle.rss, peakRss: store().peakRss, idlePss: idle.pss, peakPss, seconds }
      return Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, round(figure)]))
    } finally {
      await desk.close()
    }
  }
  try {
    const stream = await download()
    await sleep(COPY_IS_READY_MS)
    const copy = await download()
    return { cases, stream, copy }
  } finally {
    await centre.remove()
    folders.remove()
  }
}
