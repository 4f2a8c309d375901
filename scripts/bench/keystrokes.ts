import type { Page } from '@playwright/test'
import { openDesk } from '../../tests/helpers/desk.ts'
import { caseRows, goToScreen, unlock } from '../../tests/helpers/screens.ts'
import type { DeskFolder } from './desk-folder.ts'
import { type Figures, figuresOf, round } from './measure.ts'

/** What a person types: each character is one search, the half-composed ones included. */
const TYPED = ['김민', 'ㄱㅁㅅ', '이서연', '테헤란', '5678', 'rlaals', '박ㅈ', '2026']

const KEYS_A_SECOND = 20
const SECONDS = 10
/** A frame of 60 Hz lasts 16.7 ms; one that took more than one and a half has swallowed another. */
const DROPPED_MS = 25

export interface KeystrokeResult {
  /** From the key to the frame that shows the rows found by it, in milliseconds. */
  readonly toPaintedRows: Figures
  readonly framesDropped: { readonly typing: number; readonly movingThroughTheList: number; readonly seconds: number }
}

/** On a running desk: how fast the rows follow the keys, and whether the window keeps drawing under twenty keys a second. */
export async function benchKeystrokes(folder: DeskFolder): Promise<KeystrokeResult> {
  const desk = await openDesk({ dataDir: folder.dataDir, serverUrl: 'http://127.0.0.1:9' })
  try {
    const { page } = desk
    await unlock(page, folder)
    await goToScreen(page, '사례 목록')
    await caseRows(page).first().waitFor()
    const toPaintedRows = figuresOf(await timePaints(page))
    return {
      toPaintedRows: {
        ...toPaintedRows,
        p50: round(toPaintedRows.p50),
        p95: round(toPaintedRows.p95),
        max: round(toPaintedRows.max)
      },
      framesDropped: {
        typing: await droppedFrames(page, (at) => typeForth(page, at)),
        movingThroughTheList: await droppedFrames(page, () => page.keyboard.press('ArrowDown')),
        seconds: SECONDS
      }
    }
  } finally {
    await desk.close()
  }
}

async function timePaints(page: Page): Promise<number[]> {
  const times: number[] = []
  await page.keyboard.press('Control+k')
  for (const word of TYPED) {
    await page.getByRole('searchbox').fill('')
    await page.waitForTimeout(200)
    for (const character of word) {
      await page.evaluate(watchNextPaint)
      await page.keyboard.insertText(character)
      times.push(await page.evaluate(() => window.paintedAfter ?? Promise.reject(new Error('nothing was watched'))))
    }
  }
  return times
}

declare global {
  interface Window {
    paintedAfter?: Promise<number>
  }
}

/** In the page: from the next input event to the frame after the table has changed. */
function watchNextPaint(): void {
  window.paintedAfter = new Promise((settle) => {
    let from = 0
    const onInput = (event: Event): void => {
      from = event.timeStamp
    }
    window.addEventListener('input', onInput, { capture: true, once: true })
    const main = document.querySelector('main')
    if (!main) throw new Error('the desk shows no screen')
    const observer = new MutationObserver(() => {
      if (from === 0) return
      observer.disconnect()
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => settle(performance.now() - from)
        channel.port2.postMessage(null) // runs after the frame was drawn
      })
    })
    observer.observe(main, { subtree: true, childList: true, characterData: true, attributes: true })
  })
}

const FORTH = '김민수'

async function typeForth(page: Page, at: number): Promise<void> {
  if (at % (FORTH.length + 1) === FORTH.length) await page.getByRole('searchbox').fill('')
  else await page.keyboard.insertText(FORTH[at % (FORTH.length + 1)] ?? '')
}

async function droppedFrames(page: Page, key: (at: number) => Promise<void>): Promise<number> {
  await page.getByRole('searchbox').fill('')
  await page.keyboard.press(key.length === 0 ? 'Escape' : 'Control+k')
  const counting = page.evaluate(countDropped, { milliseconds: SECONDS * 1000, limit: DROPPED_MS })
  const from = performance.now()
  for (let at = 0; at < KEYS_A_SECOND * SECONDS; at += 1) {
    await key(at)
    const due = from + ((at + 1) * 1000) / KEYS_A_SECOND
    await page.waitForTimeout(Math.max(0, due - performance.now()))
  }
  return counting
}

function countDropped({ milliseconds, limit }: { milliseconds: number; limit: number }): Promise<number> {
  return new Promise((settle) => {
    const started = performance.now()
    let before = started
    let dropped = 0
    const frame = (now: number): void => {
      if (now - before > limit) dropped += 1
      before = now
      if (now - started < milliseconds) requestAnimationFrame(frame)
      else settle(dropped)
    }
    requestAnimationFrame(frame)
  })
}
