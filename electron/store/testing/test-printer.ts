import { type Paper, paperSchema } from '#shared/papers/paper.ts'

/** Stands for the hidden window where there is none: a PDF whose whole content is the paper as data. */
export async function printTestPaper(paper: Paper): Promise<Uint8Array> {
  return Buffer.from(`%PDF-1.7\n%${JSON.stringify(paperSchema.parse(paper))}\n%%EOF\n`)
}

/** What stands on such a one. */
export function readTestPaper(pdf: Uint8Array): Paper {
  const [, content = ''] = Buffer.from(pdf).toString().split('\n')
  return paperSchema.parse(JSON.parse(content.slice(1)))
}
