// node floor-server.ts DATABASE_URL: gives the lines of the table `floor` as PostgreSQL joins them, zstd, a page at a time.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline, Readable } from 'node:stream'
import { constants, createZstdCompress } from 'node:zlib'
import pg from 'pg'

const [databaseUrl = ''] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 })
const PAGE = 1000

async function* pages(): AsyncGenerator<Buffer> {
  for (let from = 0; ; from += PAGE) {
    const { rows } = await pool.query<{ text: string | null }>({
      name: 'page',
      text: "SELECT string_agg(body, E'\\n' ORDER BY no) AS text FROM floor WHERE no > $1 AND no <= $2",
      values: [from, from + PAGE]
    })
    const text = rows[0]?.text ?? null
    if (text === null) return
    yield Buffer.from(`${text}\n`)
  }
}

const server = createServer((_request, response) => {
  const zstd = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 1 } })
  pipeline(Readable.from(pages(), { highWaterMark: 2 }), zstd, response, () => undefined)
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(
    `READY ${JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` })}\n`
  )
})
