import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A real key store of the operating system: GNOME's, on a session bus of its own. */
export interface Vault {
  /** For the programs that shall use it. */
  readonly env: NodeJS.ProcessEnv
  /** What a reinstalled system leaves: an empty key store. */
  replace(): Promise<void>
  stop(): void
}

const TOOLS = ['dbus-daemon', 'dbus-send', 'gnome-keyring-daemon']

/** The tools of a key store that this machine does not have. */
export const missingVaultTools = (): string[] =>
  TOOLS.filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0)

export async function startVault(): Promise<Vault> {
  const home = mkdtempSync(join(tmpdir(), 'mnk-vault-'))
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
    stdio: ['ignore', 'pipe', 'ignore']
  })
  const [address] = (await once(createInterface({ input: bus.stdout }), 'line')) as [string]
  const env = { XDG_RUNTIME_DIR: home, XDG_DATA_HOME: join(home, 'data'), DBUS_SESSION_BUS_ADDRESS: address }
  let keyring = await startKeyring(env)
  return {
    env,
    replace: async () => {
      await end(keyring)
      rmSync(env.XDG_DATA_HOME, { recursive: true })
      keyring = await startKeyring(env)
    },
    stop: () => {
      keyring.kill('SIGTERM')
      bus.kill('SIGTERM')
      rmSync(home, { recursive: true, force: true })
    }
  }
}

/** Unlocked with an empty password, as after the person has signed in to the system. */
async function startKeyring(env: { XDG_DATA_HOME: string }): Promise<ChildProcess> {
  mkdirSync(env.XDG_DATA_HOME, { recursive: true })
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'ignore', 'ignore']
  })
  daemon.stdin.end('\n')
  await hasPlaceOnBus(env)
  return daemon
}

const ASK_BUS = '--session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner'.split(' ')
const ASKED_AT_MOST = 100

async function hasPlaceOnBus(env: object): Promise<void> {
  for (let asked = 0; asked < ASKED_AT_MOST; asked += 1) {
    const answer = spawnSync('dbus-send', [...ASK_BUS, 'string:org.freedesktop.secrets'], {
      env: { ...process.env, ...env },
      encoding: 'utf8'
    })
    if (answer.stdout.includes('true')) return
    await new Promise((settle) => setTimeout(settle, 100))
  }
  throw new Error('the key store did not start')
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}
