/** What the benches use of the peer; its own types are a package of many more. */
declare module 'pouchdb' {
  export interface Doc {
    readonly _id: string
    readonly _rev?: string
    readonly [field: string]: unknown
  }
  export interface Replicated {
    readonly ok: boolean
    readonly docs_written: number
  }
  class PouchDB {
    constructor(name: string, options?: object)
    static defaults(options: { readonly prefix: string }): typeof PouchDB
    bulkDocs(docs: readonly Doc[]): Promise<unknown>
    allDocs(options: { readonly keys: readonly string[]; readonly include_docs: true }): Promise<{
      readonly rows: ReadonlyArray<{ readonly doc: Doc }>
    }>
    readonly replicate: {
      to(target: string, options?: { readonly batch_size: number }): Promise<Replicated>
    }
    close(): Promise<void>
  }

  export { PouchDB as default }
}

declare module 'express-pouchdb' {
  import type { RequestListener } from 'node:http'
  import type PouchDB from 'pouchdb'

  function expressPouchdb(database: typeof PouchDB, options: object): RequestListener

  export { expressPouchdb as default }
}

declare module 'express' {
  import type { RequestListener } from 'node:http'

  function express(): RequestListener & { use(path: string, handler: RequestListener): void }

  export { express as default }
}
