import type { AddressInfo } from 'node:net'
import { openTestDesk, openTestSync, type TestDesk, type TestSync } from '../../electron/store/testing/test-desk.ts'
import { copyDatabase, openTestCentre, type TestCentre } from '../../server/testing/test-centre.ts'

/** A desk whose line leads to whichever centre stands at the time. */
export interface MovableDesk extends TestDesk {
  readonly sync: TestSync
  readonly login: string
  readonly token: string
}

export interface DeskOptions {
  readonly districtCode?: string
  /** A line that is not always sound. */
  readonly line?: (sound: typeof globalThis.fetch) => typeof globalThis.fetch
}

export interface RestoreFixture {
  centre(): TestCentre
  /** Where PCs look for the centre, and how they reach whichever stands at the time. */
  readonly url: string
  readonly fetch: typeof globalThis.fetch
  openDesk(options?: DeskOptions): Promise<MovableDesk>
  /** Copies of both databases as they are now. */
  backUp(): Promise<{ casesUrl: string; keysUrl: string }>
  /** A new centre on these databases takes the place of the old one; what is not named goes on as it was. */
  restore(from: { casesUrl?: string; keysUrl?: string }): Promise<TestCentre>
  close(): Promise<void>
}

/** A name only: nobody listens there. */
const PLACE = 'http://127.0.0.1:1'

/** A centre that can be set back under the feet of real desks. */
export async function openRestoreFixture(): Promise<RestoreFixture> {
  const opened: TestCentre[] = []
  const desks: MovableDesk[] = []
  let url = ''
  const stand = async (centre: TestCentre): Promise<TestCentre> => {
    await centre.app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = centre.app.server.address() as AddressInfo
    url = `http://127.0.0.1:${port}`
    opened.push(centre)
    return centre
  }
  let centre = await stand(await openTestCentre())
  const toPresentCentre: typeof globalThis.fetch = (input, init) =>
    fetch(String(input).replace(`${PLACE}/`, `${url}/`), init)
  return {
    centre: () => centre,
    url: PLACE,
    fetch: toPresentCentre,
    openDesk: async ({ districtCode = '11680', line = (sound) => sound }: DeskOptions = {}) => {
      const account = await centre.addAccount({ districtCode })
      const { token, deviceId, rescue } = await centre.signIn(account)
      if (rescue === null) throw new Error('a desk is given terms')
      const desk = openTestDesk({ actor: account, deviceId })
      const sync = openTestSync(desk, {
        serverUrl: PLACE,
        token: () => token,
        fetch: line(toPresentCentre),
        publicKey: rescue.publicKey
      })
      const movable = { ...desk, sync, login: account.login, token }
      desks.push(movable)
      return movable
    },
    backUp: async () => ({
      casesUrl: await copyDatabase(centre.databaseUrl),
      keysUrl: await copyDatabase(centre.keysDatabaseUrl)
    }),
    restore: async (from) => {
      await centre.centre.flushWitness()
      const next = await openTestCentre({
        databaseUrl: from.casesUrl ?? (await copyDatabase(centre.databaseUrl)),
        keysDatabaseUrl: from.keysUrl ?? (await copyDatabase(centre.keysDatabaseUrl))
      })
      centre = await stand(next)
      return centre
    },
    close: async () => {
      for (const desk of desks) {
        await desk.sync.stop()
        desk.close()
      }
      for (const one of opened) {
        const cutting = setInterval(() => one.app.server.closeAllConnections(), 20)
        await one.close()
        clearInterval(cutting)
      }
    }
  }
}
