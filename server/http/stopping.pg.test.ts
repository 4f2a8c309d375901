import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import pg from 'pg'
import { expect, test } from 'vitest'
import { openTestCentre } from '../testing/test-centre.ts'

test('a centre that ends reports no fault for a request whose caller has hung up', async () => {
  const server = await openTestCentre()
  const { token } = await server.signIn(await server.addAccount())
  await server.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.app.server.address() as AddressInfo
  const holder = new pg.Client({ connectionString: server.databaseUrl })
  await holder.connect()
  await holder.query('BEGIN')
  await holder.query('LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE')

  const caller = connect(port, '127.0.0.1')
  caller.write(`GET /v1/poke HTTP/1.1\r\nhost: centre\r\nauthorization: Bearer ${token}\r\nx-mnk-protocol: 2\r\n\r\n`)
  await untilSomebodyWaits(holder)
  caller.destroy()
  const closing = server.close()
  await new Promise((resolve) => setTimeout(resolve, 200)) // until the databases are being closed
  await holder.query('COMMIT')
  await holder.end()
  await closing
  const lines = server.log().trimEnd().split('\n')
  const levels = lines.map((line) => (JSON.parse(line) as { level: number }).level)
  expect(levels.filter((level) => level >= 50)).toEqual([])
})

async function untilSomebodyWaits(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query('SELECT 1 FROM pg_locks WHERE NOT granted')
    if (rows.length > 0) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
