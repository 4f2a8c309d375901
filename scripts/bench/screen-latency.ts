import type { Page } from '@playwright/test'
import { startCentre } from '../../tests/helpers/centre.ts'
import { createDeskFolders, type Desk, openDesk } from '../../tests/helpers/desk.ts'
import { receiveDistrict } from '../../tests/helpers/office.ts'
import { caseRows, correctPhone, goToScreen } from '../../tests/helpers/screens.ts'
import { figuresOf, round } from './measure.ts'

export interface ScreenLatencyOptions {
  readonly cases: number
  readonly edits: number
}

const [WRITER, READER] = ['gangnam.kim', 'gangnam.lee'].map((login) => ({ login, password: 'Desk-2026!demo' }))
const SETTLE_MS = 300

/**
 * Two running desks at one centre, both with the same case open: from the key that saves an edit on one to the frame that
 * shows it on the other. Saving, sending, the centre's decision, the poke, the pull and both windows are in it.
 */
export async function benchScreenLatency({ cases, edits }: ScreenLatencyOptions) {
  const centre = await startCentre({ cases })
  const folders = createDeskFolders()
  const open = async (who: typeof WRITER): Promise<Desk> => {
    const desk = await openDesk({ dataDir: folders.make(), serverUrl: centre.url })
    if (who !== undefined) await receiveDistrict(desk, who)
    return desk
  }
  const [writer, reader] = [await open(WRITER), await open(READER)]
  try {
    for (const { page } of [writer, reader]) await openFirstCase(page)
    await writer.page.evaluate(noteSavingKeys)
    const milliseconds: number[] = []
    for (let no = 0; no < edits; no += 1) milliseconds.push(await timeEdit(writer.page, reader.page, no))
    const { calls, p50, p95, max } = figuresOf(milliseconds)
    return { cases, edits: calls, p50: round(p50), p95: round(p95), max: round(max) }
  } finally {
    await writer.close()
    await reader.close()
    await centre.remove()
    folders.remove()
  }
}

async function openFirstCase(page: Page): Promise<void> {
  await goToScreen(page, '사례 목록')
  await caseRows(page).first().dblclick()
  await page.locator('.case-facts').waitFor()
}

async function timeEdit(writer: Page, reader: Page, no: number): Promise<number> {
  const digits = String(20_000_000 + no * 10_007)
  await reader.evaluate(watchFor, `010-${digits.slice(0, 4)}-${digits.slice(4)}`)
  await correctPhone(writer, `010${digits}`)
  const shownAt = await reader.evaluate(() => window.shownAt ?? Promise.reject(new Error('nothing was watched')))
  const savedAt = await writer.evaluate(() => window.savedAt ?? Number.NaN)
  await reader.waitForTimeout(SETTLE_MS)
  return shownAt - savedAt
}

declare global {
  interface Window {
    /** Of the last key that saved; both on the clock of the machine, in milliseconds. */
    savedAt?: number
    shownAt?: Promise<number>
  }
}

/** In the page that writes. */
function noteSavingKeys(): void {
  const onKey = ({ key, ctrlKey, timeStamp }: KeyboardEvent): void => {
    if (key === 'Enter' && ctrlKey) window.savedAt = performance.timeOrigin + timeStamp
  }
  window.addEventListener('keydown', onKey, { capture: true })
}

/** In the page that reads: the frame after the text stands in the case. */
function watchFor(text: string): void {
  window.shownAt = new Promise((settle) => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector('.case-facts')?.textContent.includes(text)) return
      observer.disconnect()
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => settle(performance.timeOrigin + performance.now())
        channel.port2.postMessage(null) // runs after the frame was drawn
      })
    })
    observer.observe(document.body, { subtree: true, childList: true, characterData: true })
  })
}
