import { createHash, randomUUID } from 'node:crypto'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'
import type { SignInResponse } from '#shared/sync-protocol/sign-in.ts'
import type { Credentials } from './screens.ts'

const protocol = { [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) }

const NAMES = [
  '역삼1동-민원-01',
  '역삼1동-민원-02',
  '역삼1동-민원-10',
  '논현2동-복지-03',
  '대치4동-상담실-예비용-노트북-2026년-하반기-교체-예정',
  '개포1동-창구-05',
  '삼성2동-민원-07',
  '가족정책과-11'
]

/** Signs an account in by HTTP, on a PC of its own. */
export async function signInAs(centreUrl: string, who: Credentials, name = '창구-00'): Promise<SignInResponse> {
  const id = randomUUID()
  const credential = createHash('sha256').update(id).digest('base64url')
  const response = await fetch(`${centreUrl}/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...protocol },
    body: JSON.stringify({ ...who, device: { id, name, appVersion: '0.2.0', credential, leaseId: null } })
  })
  if (!response.ok) throw new Error(`the centre refused the sign-in: ${await response.text()}`)
  return (await response.json()) as SignInResponse
}

/** What an administrator does at the centre, by HTTP: to arrange what a screen then shows. */
export async function asAdministrator(centreUrl: string, who: Credentials) {
  const { token } = await signInAs(centreUrl, who)
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${centreUrl}/v1/admin/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...protocol, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) })
    })
    if (!response.ok) throw new Error(`the centre refused ${path}: ${await response.text()}`)
    return response.status === 204 ? null : response.json()
  }
  const devices = async (): Promise<readonly { id: string; name: string }[]> =>
    ((await call('GET', 'devices')) as { devices: { id: string; name: string }[] }).devices
  const idOf = async (name: string): Promise<string> => {
    const found = (await devices()).find((device) => device.name === name)
    if (!found) throw new Error(`no PC is called ${name}`)
    return found.id
  }
  return {
    /** PCs that a centre knows, without a desk behind them: an office has more of them than a test can start. */
    enrolKnownPcs: async (user: Credentials): Promise<void> => {
      const known = new Set((await devices()).map(({ name }) => name))
      for (const name of NAMES) if (!known.has(name)) await signInAs(centreUrl, user, name)
    },
    revoke: async (name: string) => call('POST', `devices/${await idOf(name)}/revoke`),
    wipe: async (name: string) => call('POST', `devices/${await idOf(name)}/wipe`),
    issueCode: (note: string) => call('POST', 'enrolment-codes', { note })
  }
}
