import type { LeaseView } from '#shared/ipc/device-views.ts'
import type { RescueTerms } from '#shared/sync-protocol/rescue-terms.ts'
import { forgetAccounts } from '../keys/keyring.ts'
import { type Keyring, readKeyring } from '../keys/keyring-file.ts'
import { rememberedAccount } from './account-memory.ts'
import { eraseStore } from './erase.ts'
import { sendErasureReceipts } from './erasure-receipts.ts'
import { askOrders, type ErrandDeps, hasErrands, settleErrands } from './errands.ts'
import { sendLastLines } from './last-lines.ts'
import { createLeaseKeeper, type LeaseKeeper } from './lease-keeper.ts'
import type { OpenStore } from './open-store.ts'
import { confirmLease, renewLease } from './renew-lease.ts'
import type { SessionDeps } from './session-deps.ts'
import { shutOutStore } from './shut-out.ts'
import type { StoreFolder } from './store-folder.ts'

/**
 * Holds this PC to what the centre allows: the lease of the store that is open, the deletion of one whose time is over,
 * orders that come while it is locked, and what is still to be handed over.
 */
export interface Custody {
  readonly leases: LeaseKeeper
  /** A store was opened: its lease is the one that is watched. */
  began(open: OpenStore): void
  ended(): void
  /** Of the open store; null: it has none. */
  lease(): LeaseView | null
  /** The open store's lease is renewed when it is due. Says whether it was. */
  renew(open: OpenStore, isStillOpen: () => boolean): Promise<boolean>
  /** The centre hears that the lease which came with a sign-in is written down. */
  confirm(open: OpenStore): Promise<void>
  /** What a store logged last goes to the centre before an order takes it; it waits for nobody long. */
  sendLastLines(open: OpenStore): Promise<void>
  /** The centre hears of each executed batch that nothing of it is in the open store any more. */
  proveErased(open: OpenStore, isStillOpen: () => boolean): Promise<void>
  carryOut(order: {
    readonly folder: StoreFolder
    readonly order: 'revoked' | 'wipe'
    readonly rescue?: RescueTerms | undefined
  }): void
  /** They open this store no more. */
  forget(folder: StoreFolder, accountIds: readonly string[]): boolean
  /** What the centre wants of this store, or of whoever works on it; null: nothing, or it is out of reach. */
  orderFor(open: OpenStore): Promise<'revoked' | 'wipe' | 'left' | null>
  /** Settles what waits now rather than at the next round. */
  hurry(): void
  /** The rounds end; nothing is asked of the centre after it resolves. */
  stop(): Promise<void>
}

export interface CustodyHooks {
  readonly secret: () => Uint8Array | null
  readonly isClosed: () => boolean
  /** Takes its turn among what is done to the stores. */
  readonly inTurn: (work: () => void) => Promise<void>
  readonly changed: () => void
  readonly background: (work: Promise<unknown>) => void
}

const FIRST_ROUND_MS = 1_000
const ROUND_MS = 5 * 60_000
/** While something waits for the centre. */
const PRESSING_ROUND_MS = 30_000

export function createCustody(deps: SessionDeps, hooks: CustodyHooks): Custody {
  const leases = createLeaseKeeper(deps)
  let watched: { readonly folder: StoreFolder; readonly keyring: Keyring } | null = null
  const carryOut: Custody['carryOut'] = ({ order, folder, rescue }) => {
    const deviceSecret = hooks.secret()
    if (order === 'wipe') eraseStore(deps, folder, { reason: 'wiped', deviceSecret, rescue })
    else if (deviceSecret !== null) shutOutStore(deps, folder, deviceSecret)
  }
  const forget: Custody['forget'] = (folder, accountIds) => {
    const keyring = readKeyring(folder.keyringFile)
    return keyring.ok && forgetAccounts({ file: folder.keyringFile, keyring: keyring.value }, accountIds)
  }
  let proving: Promise<void> | null = null
  const rounds = startRounds(deps, hooks, { leases, carryOut, forget })
  const watch = (folder: StoreFolder): void => {
    const keyring = readKeyring(folder.keyringFile)
    watched = keyring.ok ? { folder, keyring: keyring.value } : null
  }
  return {
    leases,
    carryOut,
    forget,
    sendLastLines: async (open) => {
      hooks.changed() // the screen closes at once, however long the line takes
      const deviceSecret = hooks.secret()
      if (deviceSecret !== null) await sendLastLines(deps, open, deviceSecret)
    },
    proveErased: (open, isStillOpen) => {
      const deviceSecret = hooks.secret()
      if (deviceSecret === null) return Promise.resolve()
      proving ??= sendErasureReceipts(deps, { open, deviceSecret, isStillOpen }).finally(() => {
        proving = null
      })
      return proving
    },
    ...rounds,
    began: ({ folder }) => watch(folder),
    ended: () => {
      watched = null
    },
    lease: () => {
      const secret = hooks.secret()
      return watched === null || secret === null ? null : leases.view(watched.keyring, secret)
    },
    renew: async (open, isStillOpen) => {
      const deviceSecret = hooks.secret()
      if (watched === null || deviceSecret === null) return false
      if (!leases.isDueForRenewal(watched.keyring, deviceSecret)) return false
      const pass = passOf(deps, open)
      if (pass === null) return false
      const isNew = await renewLease({ ...deps, leases }, { ...pass, folder: open.folder, deviceSecret, isStillOpen })
      if (isNew && isStillOpen()) watch(open.folder)
      return isNew
    },
    confirm: async (open) => {
      const pass = passOf(deps, open)
      const leaseId = open.keyring.lease?.id
      if (pass !== null && leaseId !== undefined) await confirmLease(deps, { ...pass, leaseId })
    }
  }
}

/** What a PC does by itself, soon after its start and every few minutes. */
function startRounds(
  deps: SessionDeps,
  hooks: CustodyHooks,
  { leases, carryOut, forget }: Pick<Custody, 'leases' | 'carryOut' | 'forget'>
): Pick<Custody, 'orderFor' | 'hurry' | 'stop'> {
  const stopping = new AbortController()
  const errandDeps: ErrandDeps = { ...deps, signal: stopping.signal, inTurn: hooks.inTurn }
  let running: Promise<void> | null = null
  let callOff = (): void => undefined

  const round = async (): Promise<void> => {
    await hooks.inTurn(() => {
      leases.remember()
      // The files of a store that is open are left alone: its own clock closes it first.
      if (hooks.isClosed() && leases.enforce(hooks.secret())) hooks.changed()
    })
    const secret = hooks.secret()
    if (secret === null) return
    const orders = hooks.isClosed() ? await askOrders(errandDeps, secret) : []
    if (orders.length > 0) {
      await hooks.inTurn(() => {
        // Somebody may have come in meanwhile: then the order meets her with the next exchange.
        if (!hooks.isClosed()) return
        const news = orders.filter(({ folder, order, left, rescue }) => {
          if (order === 'none') return forget(folder, left)
          carryOut({ folder, order, rescue })
          return true
        })
        if (news.length > 0) hooks.changed()
      })
    }
    if (await settleErrands(errandDeps, secret)) hooks.changed()
  }
  const schedule = (ms: number): void => {
    callOff()
    if (!stopping.signal.aborted) callOff = deps.later(ms, go)
  }
  const go = (): void => {
    if (stopping.signal.aborted || running !== null) return
    running = round().finally(() => {
      running = null
      schedule(hasErrands(deps.dataDir) ? PRESSING_ROUND_MS : ROUND_MS)
    })
    hooks.background(running)
  }
  schedule(FIRST_ROUND_MS)
  return {
    orderFor: async ({ folder, remembered }) => {
      const secret = hooks.secret()
      const orders = secret === null ? [] : await askOrders(errandDeps, secret)
      const here = orders.find((one) => one.folder.dir === folder.dir)
      if (here === undefined) return null
      if (here.order !== 'none') return here.order
      return here.left.includes(remembered.account.id) ? 'left' : null
    },
    hurry: () => schedule(0),
    stop: async () => {
      stopping.abort()
      callOff()
      await running
    }
  }
}

/** Where the account's pass is good. */
function passOf(deps: SessionDeps, { db, remembered }: OpenStore): { serverUrl: string; token: string } | null {
  const token = rememberedAccount(db, remembered.account.id)?.token
  return token === undefined ? null : { serverUrl: deps.serverUrl ?? remembered.serverUrl, token }
}
