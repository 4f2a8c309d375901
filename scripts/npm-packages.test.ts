import { expect, test } from 'vitest'
import { isUpToDate } from './npm-packages.mjs'

const lock = (packages: Record<string, object>) => ({ packages: { '': {}, ...packages } })
const elsewhere = { version: '1.0.0', optional: true, os: ['sunos'], cpu: ['sparc'] }
const here = { version: '1.0.0', optional: true, os: process.platform, cpu: process.arch }

test('what is installed as locked needs no work', () => {
  const packages = lock({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': here })
  expect(isUpToDate({ wanted: packages, installed: packages })).toBe(true)
})

test('packages of other platforms, and what only they need, may be missing', () => {
  const wanted = lock({ 'node_modules/a': elsewhere, 'node_modules/b': { version: '2.0.0', optional: true } })
  expect(isUpToDate({ wanted, installed: lock({}) })).toBe(true)
})

test('a negated platform allows all others', () => {
  const wanted = lock({ 'node_modules/a': { version: '1.0.0', optional: true, os: ['!sunos'] } })
  expect(isUpToDate({ wanted, installed: lock({}) })).toBe(false)
})

test('a missing package, another version or a missing binary for this machine calls for an installation', () => {
  const wanted = lock({ 'node_modules/a': { version: '1.0.0' } })
  expect(isUpToDate({ wanted, installed: lock({}) })).toBe(false)
  expect(isUpToDate({ wanted, installed: lock({ 'node_modules/a': { version: '1.0.1' } }) })).toBe(false)
  expect(isUpToDate({ wanted: lock({ 'node_modules/b': here }), installed: lock({}) })).toBe(false)
})
