import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let collect: (() => void) | null = null

/**
 * Has the engine give back memory now. A password key takes 64 MiB of WebAssembly memory, which V8 by itself keeps until
 * some later full collection: on an idle desk that is never.
 */
export function releaseMemory(): void {
  if (collect === null) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  collect()
}
