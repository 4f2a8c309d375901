import * as nodeCrypto from 'node:crypto'
import { expect, test } from 'vitest'
import { type KeyList, listedFault, readGivenKeys } from './public-keys.ts'

const [HERS, ANOTHERS] = ['01935a00-0000-7000-8000-000000000003', '01935a00-0000-7000-8000-000000000004']
const pair = nodeCrypto.generateKeyPairSync('ed25519')
const spki = pair.publicKey.export({ type: 'spki', format: 'der' })
const bytes = new Uint8Array(spki.subarray(-32))
const base64 = Buffer.from(bytes).toString('base64')
const listed: KeyList['keys'][number] = {
  ...{ accountId: HERS, name: '심청', device: '민원-07', publicKey: base64 },
  since: '2026-11-20T00:00:00.000Z',
  endedAt: '2026-12-20T00:00:00.000Z'
}

test.each([
  ['the centre’s list', JSON.stringify({ format: 1, keys: [listed] }), listed],
  ['a PEM as other tools write it', String(pair.publicKey.export({ type: 'spki', format: 'pem' })), null],
  [
    'a PEM with the line ends of Windows',
    String(pair.publicKey.export({ type: 'spki', format: 'pem' })).replaceAll('\n', '\r\n'),
    null
  ],
  ['the key in base64', `${base64}\n`, null]
])('%s is read', (_, text, whose) => {
  expect(readGivenKeys(text)).toEqual([{ publicKey: bytes, listed: whose }])
})

test.each([
  ['', 'nothing'],
  ['{}', 'other JSON'],
  [JSON.stringify({ format: 2, keys: [] }), 'a later format'],
  [Buffer.alloc(31).toString('base64'), 'a short key'],
  [
    String(nodeCrypto.generateKeyPairSync('x25519').publicKey.export({ type: 'spki', format: 'pem' })),
    'a key of another kind'
  ],
  [String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })), 'a secret key']
])('%j is no public key: %s', (text) => {
  expect(readGivenKeys(text)).toBeNull()
})

test('a key that is another’s, or was not in force when it signed, is found by the list; clocks may differ by a day', () => {
  const signed = (signedAt: string, signer = HERS) => ({ signer, signedAt })
  expect(
    [
      signed('2026-11-20T00:00:00.000Z', ANOTHERS),
      signed('2026-11-18T23:59:59.000Z'),
      signed('2026-11-19T00:00:00.000Z'),
      signed('2026-12-21T00:00:00.000Z'),
      signed('2026-12-21T00:00:01.000Z')
    ].map((statement) => listedFault(listed, statement))
  ).toEqual(['SignerWrong', 'KeyNotInForce', null, null, 'KeyNotInForce'])
  expect(listedFault({ ...listed, endedAt: null }, signed('2036-01-01T00:00:00.000Z'))).toBeNull()
})
