import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCentre, type TestCentre } from '../testing/test-centre.ts'

let server: TestCentre
beforeAll(async () => {
  server = await openTestCentre()
})
afterAll(() => server.close())

const get = async (url: string) => {
  const response = await server.call({ method: 'GET', url })
  return [response.statusCode, response.json()]
}

interface OpenApi {
  openapi: string
  paths: Record<string, Record<string, { responses: Record<string, unknown>; summary?: string }>>
}

test('the served OpenAPI document names every route that the server answers, with its errors', async () => {
  const [status, body] = await get('/openapi.json')
  const document = body as OpenApi
  expect([status, document.openapi]).toEqual([200, '3.1.0'])
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`)
  )
  expect(described.sort()).toEqual(routesOf(server.app.printRoutes({ commonPrefix: false })).sort())
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const operation of Object.values(methods)) {
      expect(operation.summary, path).toEqual(expect.any(String))
      if (path.startsWith('/v1/'))
        expect(Object.keys(operation.responses), path).toEqual(expect.arrayContaining(['4XX', '5XX']))
    }
  }
})

/** Reads the router's own tree, so that a route without a description cannot hide. */
function routesOf(tree: string): string[] {
  const routes: string[] = []
  const parents: string[] = []
  for (const line of tree.split('\n')) {
    const match = /^([│├└─\s]*)(\S+)(?: \(([A-Z, ]+)\))?$/.exec(line)
    if (!match) continue
    const [, indent = '', part = '', methods = ''] = match
    const depth = indent.length / 4
    parents.length = depth - 1
    const path = parents.join('') + part
    parents.push(part)
    for (const method of methods.split(', ')) if (method !== '' && method !== 'HEAD') routes.push(`${method} ${path}`)
  }
  return routes
}

test('a centre whose databases answer is ready', async () => {
  expect(await get('/healthz')).toEqual([200, { status: 'alive' }])
  expect(await get('/readyz')).toEqual([200, { status: 'ready' }])
})

test('without one of its databases the centre lives but is not ready, and becomes ready again', async () => {
  const admin = server.centre.pool
  const name = new URL(server.keysDatabaseUrl).pathname.slice(1)
  await admin.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS false`)
  await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name])
  expect(await get('/readyz')).toEqual([503, { error: { type: 'NotReady' } }])
  expect(await get('/healthz')).toEqual([200, { status: 'alive' }])
  await admin.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS true`)
  expect(await get('/readyz')).toEqual([200, { status: 'ready' }])
})

test('a database that a newer program changed makes it not ready', async () => {
  const { pool } = server.centre
  await pool.query("INSERT INTO schema_history VALUES (9990, 'future', 9990, '\\x00')")
  expect(await get('/readyz')).toEqual([503, { error: { type: 'NotReady' } }])
  await pool.query('DELETE FROM schema_history WHERE version = 9990')
  expect(await get('/readyz')).toEqual([200, { status: 'ready' }])
})
