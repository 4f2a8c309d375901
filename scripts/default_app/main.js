// What an official Electron does for `electron [-r module] <app folder or file> [arguments]`. The stand-in comes
// without it and would otherwise exit without a word.
import { existsSync, readFileSync } from 'node:fs'
import Module from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron/main'

const { preloads, target, print } = readArguments(process.argv.slice(1))
if (print !== undefined) {
  console.log(print)
  process.exit(0)
}
if (target === undefined) {
  console.error('usage: electron <app folder or file>')
  process.exit(1)
}
if (preloads.length > 0) Module._preloadModules(preloads)
await startApp(path.resolve(target))

function readArguments(args) {
  const preloads = []
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at]
    if (arg === '--version' || arg === '-v') return { preloads, print: `v${process.versions.electron}` }
    if (arg === '--abi' || arg === '-a') return { preloads, print: process.versions.modules }
    if (arg === '--require' || arg === '-r') {
      at += 1
      preloads.push(args[at])
    } else if (arg.startsWith('--app=')) return { preloads, target: arg.slice('--app='.length) }
    else if (!arg.startsWith('-')) return { preloads, target: arg }
  }
  return { preloads }
}

async function startApp(target) {
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true, configurable: false })
  const manifest = path.join(target, 'package.json')
  const isFolder = existsSync(manifest)
  if (isFolder) {
    const { productName, name, version, desktopName } = JSON.parse(readFileSync(manifest, 'utf8'))
    app.name = productName ?? name ?? app.name
    if (version) app.setVersion(version)
    app.setDesktopName?.(desktopName ?? `${app.name}.desktop`)
  }
  const main = Module._resolveFilename(target, null, true)
  app.setAppPath(isFolder ? target : path.dirname(main))
  await import(pathToFileURL(main).href)
}
