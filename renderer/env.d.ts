import type { DeskBridge } from '#shared/ipc/contract.ts'

declare global {
  interface Window {
    readonly desk: DeskBridge
    /** In the hidden window that prints: lays a paper out, and resolves when it can be printed. */
    layOutPaper?: (paper: unknown) => Promise<void>
    /** Where zod keeps its settings. */
    __zod_globalConfig?: { jitless?: boolean }
  }
}
