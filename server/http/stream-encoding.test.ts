import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { chooseEncoding, compressedStream } from './stream-encoding.ts'

test.each([
  ['zstd, gzip', 'zstd'],
  ['gzip, deflate, br, zstd', 'zstd'],
  ['GZIP', 'gzip'],
  ['zstd;q=0, gzip;q=0.5', 'gzip'],
  ['gzip; q=0', 'identity'],
  ['br', 'identity'],
  ['', 'identity']
])('a reader that accepts "%s" gets %s', (acceptEncoding, expected) => {
  expect(chooseEncoding(acceptEncoding)).toBe(expected)
})

interface Source {
  readonly pieces: AsyncGenerator<Uint8Array>
  made(): number
  isEnded(): boolean
}

function endlessSource(): Source {
  let made = 0
  let ended = false
  const pieces = (async function* () {
    try {
      for (;;) {
        made += 1
        yield new Uint8Array(100_000).map(() => Math.random() * 256)
      }
    } finally {
      ended = true
    }
  })()
  return { pieces, made: () => made, isEnded: () => ended }
}

test.each(['zstd', 'gzip', ''])(
  'with "%s" a slow reader holds the source back, and one that leaves ends it',
  async (encoding) => {
    const source = endlessSource()
    const faults: Error[] = []
    const { stream } = compressedStream(source.pieces, {
      acceptEncoding: encoding,
      onFault: (fault) => faults.push(fault)
    })
    await once(stream, 'readable')
    stream.read(1)
    await new Promise((resolve) => setTimeout(resolve, 100))
    const madeWhileWaiting = source.made()
    expect(madeWhileWaiting).toBeLessThan(12)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(source.made()).toBe(madeWhileWaiting)
    stream.destroy()
    await expect.poll(source.isEnded).toBe(true)
    expect(faults).toEqual([])
  }
)

test('a source that fails cuts the stream, and the fault is told', async () => {
  const faults: string[] = []
  const failing = (async function* () {
    yield Buffer.from('{"type":"start"}\n')
    throw new Error('the database went away')
  })()
  const onFault = (fault: Error) => faults.push(fault.message)
  const { stream } = compressedStream(failing, { acceptEncoding: 'gzip', onFault })
  await expect(text(stream)).rejects.toThrow('the database went away')
  expect(faults).toEqual(['the database went away'])
})
