import type { DeskBridge } from '#shared/ipc/contract.ts'

declare global {
  interface Window {
    readonly desk: DeskBridge
    /** Where zod keeps its settings. */
    __zod_globalConfig?: { jitless?: boolean }
  }
}
