import type { AddressInfo } from 'node:net'
import type { Role } from '#shared/domain/account/account.ts'
import {
  openTestDesk,
  openTestSync,
  type TestDesk,
  type TestSync,
  type TestSyncOptions
} from '../../electron/store/testing/test-desk.ts'
import type { CentreOptions } from '../../server/centre.ts'
import { openTestCentre, type TestCentre } from '../../server/testing/test-centre.ts'

/** A PC of an office, signed in at a real centre. */
export interface SyncedDesk extends TestDesk {
  readonly sync: TestSync
  readonly districtCode: string
  readonly token: string
}

export interface SyncFixture {
  readonly centre: TestCentre
  readonly url: string
  /** A desk of the district (강남구 unless named), with an account of its own. */
  openDesk(
    options?: { districtCode?: string; role?: Role } & Pick<TestSyncOptions, 'fetch' | 'monotonicMs'>
  ): Promise<SyncedDesk>
  close(): Promise<void>
}

/** A centre on real PostgreSQL behind a real socket, and desks with real encrypted stores. */
export async function openSyncFixture(over: Partial<CentreOptions> = {}): Promise<SyncFixture> {
  const centre = await openTestCentre(over)
  await centre.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = centre.app.server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const desks: SyncedDesk[] = []
  return {
    centre,
    url,
    openDesk: async ({ districtCode = '11680', role = 'caseworker', ...line } = {}) => {
      const account = await centre.addAccount({ districtCode, role })
      const { token, deviceId } = await centre.signIn(account)
      const desk = openTestDesk({ actor: account, deviceId })
      const sync = openTestSync(desk, { serverUrl: url, token: () => token, ...line })
      const synced = { ...desk, sync, districtCode, token }
      desks.push(synced)
      return synced
    },
    close: async () => {
      for (const desk of desks) {
        await desk.sync.stop()
        desk.close()
      }
      // A connection on which no request has come yet counts as busy, and fetch keeps such ones in hand.
      const cutting = setInterval(() => centre.app.server.closeAllConnections(), 20)
      await centre.close()
      clearInterval(cutting)
    }
  }
}
