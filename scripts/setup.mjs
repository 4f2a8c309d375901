// node scripts/setup.mjs: makes this clone ready to run, build and test. Safe to run at any time; where everything is
// in place it takes a quarter of a second and says nothing.
import { electronRuntime } from './electron-runtime.mjs'
import { nativeAddon } from './native-addon.mjs'
import { installNpmPackages } from './npm-packages.mjs'
import { checkStartingNode, continueUnderProjectNode } from './pinned-node.mjs'
import { failPlainly, isMain, say } from './project.mjs'
import { installSystemPackages } from './system-packages.mjs'

/**
 * Everything from a fresh clone on: npm packages, system packages, the Electron runtime and its SQLite addon.
 * Afterwards we run under the project's Node: on an older one the running script is started again under it.
 */
export async function setUp() {
  checkStartingNode()
  await installSystemPackages()
  await installNpmPackages()
  await continueUnderProjectNode()
  await nativeAddon(await electronRuntime())
}

if (isMain(import.meta.url)) setUp().then(() => say('Ready.'), failPlainly)
