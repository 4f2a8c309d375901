/** Which pressed key means which binding. */

export const SEARCH_BOX_ID = 'search-box'

type PressedKey = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>

/**
 * Letters and digits are matched by their place on the keyboard, so that they work while the input method is in Korean
 * mode and reports ㄷ for E.
 */
export function matchesKey(event: PressedKey, keys: string): boolean {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  const wants = (modifier: string): boolean => parts.slice(0, -1).includes(modifier)
  if (event.metaKey || event.ctrlKey !== wants('Ctrl') || event.altKey !== wants('Alt')) return false
  if (/^[A-Z]$/.test(key)) return event.code === `Key${key}` && event.shiftKey === wants('Shift')
  if (/^\d$/.test(key)) return event.code === `Digit${key}`
  return event.key === key && (key === '/' || event.shiftKey === wants('Shift'))
}

const WRITABLE = 'input, textarea, select, [contenteditable], [role="listbox"], [role="combobox"]'
const PRESSABLE = 'button, a, summary, label'

/** Whether the key is free where the focus is: plain keys belong to a field first, and everything to an open dialog. */
export function mayRun(event: KeyboardEvent, binding: { keys: string; inSearchBox?: boolean }): boolean {
  if (document.querySelector('dialog[open]')) return false
  const target = event.target instanceof Element ? event.target : document.body
  const isChord = /^(Ctrl|Alt)\+|^F\d+$/.test(binding.keys)
  if (isChord) return true
  if (target.id === SEARCH_BOX_ID) return binding.inSearchBox ?? false
  if (target.closest(WRITABLE)) return false
  if (target.closest('[role="tab"]')) return !/^(Arrow|Home|End|Enter)/.test(binding.keys)
  return binding.keys !== 'Enter' || !target.closest(PRESSABLE)
}
