import { expect, test } from 'vitest'
import { isOfOrigin } from './own-origin.ts'

test('only pages of the app are its own, whatever else the URL standard gives no origin', () => {
  const strangers = [
    'file:///etc/passwd',
    'data:text/html,hello',
    'about:blank',
    'evil://desk/index.html',
    'app://other/index.html',
    'app:desk/index.html',
    'https://desk/index.html',
    'not a url'
  ]
  expect(['app://desk/index.html', 'app://desk/'].map((url) => isOfOrigin('app://desk/', url))).toEqual([true, true])
  expect(strangers.filter((url) => isOfOrigin('app://desk/', url))).toEqual([])
})

test('in development the pages of the dev server are its own, those of another port are not', () => {
  const own = 'http://localhost:5173/'
  expect(isOfOrigin(own, 'http://localhost:5173/index.html')).toBe(true)
  expect(
    ['http://localhost:5174/', 'https://localhost:5173/', 'app://desk/'].map((url) => isOfOrigin(own, url))
  ).toEqual([false, false, false])
})
