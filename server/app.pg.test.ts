import { generateKeyPairSync, sign } from 'node:crypto'
import { get } from 'node:https'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'
import { createApp } from './app.ts'
import { openTestCentre, signInPayload, type TestCentre } from './testing/test-centre.ts'

let server: TestCentre
beforeAll(async () => {
  server = await openTestCentre({ signInsAMinute: 2 })
})
afterAll(() => server.close())

const silent = { level: 'silent' }

test('behind a proxy a caller cannot escape the limit by naming other addresses for itself', async () => {
  const app = await createApp(server.centre, { log: silent, behindProxy: true })
  const attempt = (forwardedFor: string) =>
    app.inject({
      method: 'POST',
      url: '/v1/sign-in',
      payload: signInPayload({ login: 'nobody' }),
      headers: { [PROTOCOL_HEADER]: String(PROTOCOL_VERSION), 'x-forwarded-for': forwardedFor }
    })
  const statuses: number[] = []
  for (const invented of ['1.1.1.1', '2.2.2.2', '3.3.3.3']) {
    statuses.push((await attempt(`${invented}, 10.0.0.5`)).statusCode)
  }
  expect(statuses).toEqual([401, 401, 429])
  expect((await attempt('10.0.0.6')).statusCode).toBe(401) // another PC has its own count
})

test('with a certificate the centre speaks TLS alone and asks for it to stay so', async () => {
  const { cert, key } = selfSigned()
  const app = await createApp(server.centre, { log: silent, tls: { cert, key } })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const answer = await new Promise<{ status: number | undefined; hsts: string | undefined }>((resolve, reject) => {
    get(`${url}/healthz`, { ca: cert, checkServerIdentity: () => undefined }, (response) => {
      response.resume()
      resolve({ status: response.statusCode, hsts: response.headers['strict-transport-security'] })
    }).once('error', reject)
  })
  expect(answer).toEqual({ status: 200, hsts: 'max-age=31536000' })
  await expect(fetch(`${url.replace('https', 'http')}/healthz`)).rejects.toThrow()
})

/** A certificate of its own making, in the smallest form of X.509 that TLS 1.3 takes. */
function selfSigned(): { cert: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const algorithm = Buffer.from('300506032b6570', 'hex')
  const commonName = Buffer.from('0603550403', 'hex')
  const name = der(0x30, der(0x31, der(0x30, commonName, der(0x0c, Buffer.from('centre')))))
  const validity = der(0x30, der(0x17, Buffer.from('240101000000Z')), der(0x17, Buffer.from('491231235959Z')))
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const body = der(0x30, der(0x02, Buffer.from([1])), algorithm, name, validity, name, spki)
  const signature = der(0x03, Buffer.from([0]), sign(null, body, privateKey))
  const certificate = der(0x30, body, algorithm, signature).toString('base64')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  }
}

function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}
