import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What is wrong with a screen for somebody who sees little, works without a mouse, or has a small display. */

const FEWEST_RULES_OF_A_SCREEN = 12

/** Every rule that axe breaks on, with the places; best practices included, nothing left out. */
export async function barriers(page: Page): Promise<string[]> {
  const { violations, passes } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze()
  if (passes.length < FEWEST_RULES_OF_A_SCREEN) throw new Error(`only ${passes.length} rules had something to look at`)
  return describeViolations(violations)
}

/** The same page in the other contrast: only colours can differ. */
export async function colourBarriers(page: Page, contrast: 'light' | 'high'): Promise<string[]> {
  const before = await page.evaluate((wanted) => {
    const was = document.documentElement.getAttribute('data-contrast')
    document.documentElement.setAttribute('data-contrast', wanted)
    return was
  }, contrast)
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withRules('color-contrast').analyze()
  await page.evaluate((was) => document.documentElement.setAttribute('data-contrast', was ?? 'light'), before)
  return describeViolations(violations).map((text) => `${contrast}: ${text}`)
}

type Violations = Awaited<ReturnType<AxeBuilder['analyze']>>['violations']

const describeViolations = (violations: Violations): string[] =>
  violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary?.split('\n')[1]?.trim()}`)
  )

/** Boxes that need scrolling to the side; wide tables may have a box of their own when `tablesMay`. */
export function sidewaysScrolling(page: Page, { tablesMay }: { tablesMay: boolean }): Promise<string[]> {
  return page.evaluate((tables) => {
    const isTooWide = (box: Element): boolean => box.scrollWidth > box.clientWidth + 1
    const boxes = [...document.querySelectorAll('body *')].filter((box) => {
      const { overflowX } = getComputedStyle(box)
      if (overflowX !== 'auto' && overflowX !== 'scroll') return false
      return box.clientWidth > 1 && isTooWide(box) && !(tables && box.querySelector(':scope > table'))
    })
    const page = document.documentElement
    return [...(isTooWide(page) ? [page] : []), ...boxes].map(
      (box) => `${box.tagName}.${box.className} ${box.scrollWidth} > ${box.clientWidth}`
    )
  }, tablesMay)
}

/**
 * Controls that cannot be brought wholly into sight by scrolling, or whose middle lies under something else: nobody can
 * press those.
 */
export function unreachableControls(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const dialog = [...document.querySelectorAll('dialog[open]')].at(-1)
    const controls = [
      ...(dialog ?? document).querySelectorAll<HTMLElement>(
        'button, input, select, textarea, summary, [role="tab"], a[href]'
      )
    ]
    const name = (box: HTMLElement): string =>
      `${box.tagName}.${box.className} "${(box.getAttribute('aria-label') ?? box.textContent ?? '').slice(0, 20)}"`
    const hiddenBoxes = (box: HTMLElement): HTMLElement[] => {
      const found: HTMLElement[] = []
      for (let up = box.parentElement; up; up = up.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(up)
        if (overflowX === 'hidden' || overflowY === 'hidden') found.push(up)
      }
      return found
    }
    const problemOf = (box: HTMLElement): string | null => {
      const area = box.getBoundingClientRect()
      if (area.width <= 2 || area.height <= 2 || !box.checkVisibility({ visibilityProperty: true })) return null
      if (box.matches('.shell__skip')) return null // waits above the window until it has the focus
      const before = hiddenBoxes(box).map((up) => [up, up.scrollLeft, up.scrollTop] as const)
      box.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      const forced = before.find(([up, left, top]) => up.scrollLeft !== left || up.scrollTop !== top)
      if (forced) {
        const [up, left, top] = forced
        up.scrollLeft = left
        up.scrollTop = top
        return `cut off by ${up.tagName}.${up.className}`
      }
      const { left, right, top, bottom } = box.getBoundingClientRect()
      if (left < -1 || right > innerWidth + 1 || bottom <= 0 || top >= innerHeight) return 'outside the window'
      const hit = document.elementFromPoint((left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2)
      const label = box.closest('label')
      if (hit && (box.contains(hit) || hit.contains(box) || label?.contains(hit))) return null
      return `under ${hit?.tagName}.${hit?.className}`
    }
    return controls.flatMap((box) => {
      const problem = problemOf(box)
      return problem ? [`${name(box)}: ${problem}`] : []
    })
  })
}

/** Texts that nobody wrote: names of texts instead of texts, and places that were not filled in. */
export function missingTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isMissing = (text: string): boolean =>
      /\{\{|\}\}|\bundefined\b|\bNaN\b|\[object/.test(text) ||
      (/^(?:[a-z][A-Za-z]*:)?[a-z][A-Za-z]*(?:\.[A-Za-z_0-9]+)+$/.test(text.trim()) && !isAddressOrLogin(text.trim()))
    const isAddressOrLogin = (text: string): boolean => /\.kr$|^(?:gangnam|mapo)\.[a-z]+$/.test(text)
    const texts: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node.nodeValue ?? '')
    for (const box of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
      for (const attribute of ['aria-label', 'title', 'placeholder', 'alt'])
        texts.push(box.getAttribute(attribute) ?? '')
    }
    return texts.filter(isMissing)
  })
}

/** Everything that is wrong with a screen at its usual size, in both contrasts. */
export async function faultsOf(page: Page): Promise<string[]> {
  return [
    ...(await barriers(page)),
    ...(await colourBarriers(page, 'high')),
    ...(await sidewaysScrolling(page, { tablesMay: false })),
    ...(await missingTexts(page))
  ]
}

/** Everything that is wrong with a screen at 200 %. */
export async function faultsWhenLarge(page: Page): Promise<string[]> {
  return [...(await unreachableControls(page)), ...(await sidewaysScrolling(page, { tablesMay: true }))]
}

/** Size of everything in the window, as the settings change it. */
export async function zoomTo(page: Page, percent: number): Promise<void> {
  const before = await page.evaluate(() => innerWidth)
  await page.evaluate((wanted) => window.desk.setZoom(wanted), percent)
  await page.waitForFunction((width) => innerWidth !== width, before)
}
