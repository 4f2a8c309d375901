import type { DeskBridge } from '#shared/ipc/contract.ts'

declare global {
  interface Window {
    readonly desk: DeskBridge
  }
}
