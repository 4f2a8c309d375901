import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makeOnce, mustRun, run, withWords } from './project.mjs'

let dir: string

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'mnk-project-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const fill = (text: string) => async (folder: string) => writeFileSync(path.join(folder, 'made'), text)

test('a cached folder is made once and then kept', async () => {
  const target = path.join(dir, 'cache/runtime')
  await makeOnce(target, fill('first'))
  await makeOnce(target, fill('second'))
  expect(readFileSync(path.join(target, 'made'), 'utf8')).toBe('first')
})

test('a broken run leaves nothing that the next one would take for finished', async () => {
  const target = path.join(dir, 'runtime')
  const broken = makeOnce(target, async (folder: string) => {
    await fill('half')(folder)
    throw new Error('the network went away')
  })
  await expect(broken).rejects.toThrow('the network went away')
  expect(readdirSync(dir)).toEqual([])
})

test('two runs at the same time end with one whole folder', async () => {
  const target = path.join(dir, 'runtime')
  await Promise.all([makeOnce(target, fill('one')), makeOnce(target, fill('one'))])
  expect(readdirSync(dir)).toEqual(['runtime'])
  expect(existsSync(path.join(target, 'made'))).toBe(true)
})

test('a command that fails is told by its code or by an error, as asked', async () => {
  const failing = [process.execPath, ['-e', 'process.exit(7)']] as const
  expect(await run(...failing)).toBe(7)
  await expect(mustRun(...failing)).rejects.toThrow(/ended with code 7/)
})

test('who waits long hears every half minute that it goes on, and nothing after the end', async () => {
  vi.useFakeTimers()
  const told: string[] = []
  const work = () => new Promise((resolve) => setTimeout(() => resolve('built'), 70_000))
  const waited = withWords(work, (text: string) => told.push(text))
  await vi.advanceTimersByTimeAsync(200_000)
  vi.useRealTimers()
  expect(await waited).toBe('built')
  expect(told).toEqual(['... still at it after 30 seconds', '... still at it after 60 seconds'])
})
