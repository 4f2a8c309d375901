import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'

/** The peer is no part of the project: its 250 packages are installed for the bench that wants them, below out/. */
const PEERS = ['pouchdb@9.0.0', 'express-pouchdb@4.2.0', 'express@4.21.2']
const folder = path.resolve(import.meta.dirname, '../../out/peers')

/** Throws when they cannot be had. */
export function installPouch(): void {
  if (existsSync(path.join(folder, 'node_modules/pouchdb'))) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n')
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...PEERS]
  execFileSync('npm', args, { cwd: folder, stdio: 'ignore', shell: process.platform === 'win32' })
}

const peer = <T>(name: string): T => createRequire(path.join(folder, 'package.json'))(name) as T

/** What the benches use of it; its own types are a package of many more. */
export interface Doc {
  readonly _id: string
  readonly [field: string]: unknown
}
export interface Pouch {
  bulkDocs(docs: readonly Doc[]): Promise<unknown>
  allDocs(options: {
    readonly keys: readonly string[]
    readonly include_docs: true
  }): Promise<{ readonly rows: ReadonlyArray<{ readonly doc: Doc }> }>
  readonly replicate: {
    to(
      target: string,
      options?: { readonly batch_size?: number; readonly checkpoint?: false }
    ): Promise<{ readonly docs_written: number }>
  }
}
type PouchClass = (new (name: string) => Pouch) & { defaults(options: { readonly prefix: string }): PouchClass }

export const pouchClass = (): PouchClass => peer<PouchClass>('pouchdb')

/** Its own HTTP server over the databases below `prefix`. */
export function pouchServer(prefix: string, options: object): RequestListener {
  const app = peer<() => RequestListener & { use(at: string, handler: RequestListener): void }>('express')()
  const serve = peer<(databases: PouchClass, options: object) => RequestListener>('express-pouchdb')
  app.use('/', serve(pouchClass().defaults({ prefix }), options))
  return app
}
