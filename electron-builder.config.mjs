import { copyFileSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'

// scripts/with-electron.mjs sets MNK_STAND_IN where Electron's own binary is out of reach: good for a test package on
// Linux, never for one that goes to an office.
const forOtherSystem = process.argv.includes('--win') || process.argv.includes('--mac')
const standIn =
  process.env.MNK_STAND_IN === '1' && !forOtherSystem ? process.env.ELECTRON_OVERRIDE_DIST_PATH : undefined
const addon = process.env.MNK_SQLITE_ADDON

const SQLITE = 'node_modules/better-sqlite3-multiple-ciphers'
const SODIUM = 'node_modules/sodium-native'

/** The stand-in differs from an official Electron in two files. */
function replaceStandInFiles({ appOutDir }) {
  rmSync(path.join(appOutDir, 'resources/default_app.asar'), { force: true })
  if (addon) copyFileSync(addon, path.join(appOutDir, `resources/app.asar.unpacked/${SQLITE}/prebuilds/linux-x64.node`))
}

export default {
  appId: 'kr.example.manneungki-desk',
  productName: 'Manneungki Desk',
  copyright: 'Manneungki Desk, Apache-2.0',
  directories: { output: 'dist' },
  ...(standIn && {
    electronDist: standIn,
    electronVersion: readFileSync(path.join(standIn, 'version'), 'utf8').trim(),
    afterPack: replaceStandInFiles
  }),
  // Everything else is bundled into out/; of the native modules only what runs on the target.
  files: [
    'out/{main,preload,renderer}/**',
    'package.json',
    '!node_modules/**',
    `${SQLITE}/package.json`,
    `${SQLITE}/LICENSE`,
    `${SQLITE}/lib/**`,
    `${SQLITE}/prebuilds/\${platform}-\${arch}.node`,
    `${SODIUM}/{package.json,LICENSE}`,
    `${SODIUM}/prebuilds/\${platform}-\${arch}/sodium-native.node`
  ],
  asar: true,
  asarUnpack: ['**/*.node'],
  npmRebuild: false, // the modules bring Node-API binaries
  electronLanguages: ['ko', 'en-US'],
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: process.env.MNK_INSPECTABLE === '1', // Playwright attaches through it: tests only
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false
  },
  publish: null,
  linux: { target: ['dir'], category: 'Office', executableName: 'manneungki-desk' },
  win: { target: [{ target: 'nsis', arch: ['x64'] }], requestedExecutionLevel: 'asInvoker' },
  nsis: {
    oneClick: false,
    perMachine: true, // one installation for all who share the PC; each keeps data under their own Windows account
    allowToChangeInstallationDirectory: false,
    deleteAppDataOnUninstall: false, // unsent work outlives an uninstall
    installerLanguages: ['ko_KR', 'en_US'],
    language: '1042'
  }
}
