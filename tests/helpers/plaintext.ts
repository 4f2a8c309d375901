import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface PlaintextFind {
  readonly file: string
  readonly encoding: 'utf8' | 'utf16le'
  /** Which of the texts, by its place in the list: the text itself is not repeated. */
  readonly text: number
}

/** Every place in every file under the folder where one of the texts stands readable. */
export function findPlaintext(folder: string, texts: readonly string[]): PlaintextFind[] {
  const needles = texts.flatMap((text, index) =>
    (['utf8', 'utf16le'] as const).map((encoding) => ({ text: index, encoding, bytes: Buffer.from(text, encoding) }))
  )
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name)
      const content = readFileSync(path)
      return needles
        .filter(({ bytes }) => content.includes(bytes))
        .map(({ text, encoding }) => ({ file: entry.name, encoding, text }))
    })
}
