import { expect, test } from 'vitest'
import { matchesKey } from './key-match.ts'

const pressed = (key: string, code: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  code,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  ...more
})

test('a letter key works in Korean input mode too', () => {
  expect(matchesKey(pressed('e', 'KeyE'), 'E')).toBe(true)
  expect(matchesKey(pressed('ㄷ', 'KeyE'), 'E')).toBe(true)
  expect(matchesKey(pressed('ㅏ', 'KeyK', { ctrlKey: true }), 'Ctrl+K')).toBe(true)
})

test('a chord is not the plain key, nor the other way round', () => {
  expect(matchesKey(pressed('k', 'KeyK'), 'Ctrl+K')).toBe(false)
  expect(matchesKey(pressed('e', 'KeyE', { ctrlKey: true }), 'E')).toBe(false)
  expect(matchesKey(pressed('1', 'Digit1', { altKey: true }), 'Alt+1')).toBe(true)
  expect(matchesKey(pressed('F2', 'F2', { altKey: true }), 'F2')).toBe(false)
})

test('the slash is found wherever the layout has it', () => {
  expect(matchesKey(pressed('/', 'Slash'), '/')).toBe(true)
  expect(matchesKey(pressed('/', 'Digit7', { shiftKey: true }), '/')).toBe(true)
})
