import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createCentreClient } from './centre-client.ts'

/** A line that brings some bytes and then nothing, not even its end, as one does whose router was switched off. */
function deadLine(first: string): { fetch: typeof globalThis.fetch; isOpen: () => boolean } {
  let isOpen = false
  const fetch: typeof globalThis.fetch = (_url, init) => {
    const body = new ReadableStream({
      start: (controller) => {
        isOpen = true
        controller.enqueue(new TextEncoder().encode(first))
        init?.signal?.addEventListener('abort', () => {
          isOpen = false
          controller.error(init.signal?.reason)
        })
      }
    })
    return Promise.resolve(new Response(body, { headers: { 'content-type': 'application/x-ndjson' } }))
  }
  return { fetch, isOpen: () => isOpen }
}

const clientOn = (fetch: typeof globalThis.fetch) =>
  createCentreClient({
    fetch,
    serverUrl: 'http://centre.test',
    authorization: () => 'Bearer token',
    receipt: () => null,
    report: () => ''
  })

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

test.each(['pull', 'poke'] as const)('a %s on a line that has died in the middle comes to its end', async (what) => {
  const line = deadLine('{"type":"start"}\n')
  const { signal } = new AbortController()
  const client = clientOn(line.fetch)
  const answer = await (what === 'pull' ? client.pull({ cursor: 0, staffTag: '' }, signal) : client.poke(signal))
  if (!answer.ok) throw new Error('the answer did not begin')
  const parts: AsyncIterator<unknown> = answer.value[Symbol.asyncIterator]()
  expect(await parts.next()).toMatchObject({ done: false })
  vi.advanceTimersByTime(600_000) // what came is worked on: nobody waits for the line
  expect(line.isOpen()).toBe(true)
  const next = parts.next().then(
    ({ done }) => done,
    () => 'broken'
  )
  await vi.waitFor(() => {
    vi.advanceTimersByTime(60_000)
    expect(line.isOpen()).toBe(false)
  })
  expect([true, 'broken']).toContain(await next)
})
