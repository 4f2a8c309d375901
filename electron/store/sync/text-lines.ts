/**
 * Splits a stream of UTF-8 into whole lines, as many at a time as came together. A stream that breaks off ends here
 * without an error: the lines before the break are good, a half one is dropped. Who reads them knows by the last line
 * whether it was all.
 */
export async function* textLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for await (const chunk of bytes) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      if (lines.length > 0) yield lines
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error // the connection broke, or the signal ended it
  }
}
