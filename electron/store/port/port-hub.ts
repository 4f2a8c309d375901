import { err } from '#shared/foundation/result.ts'
import { type PortMessage, portRequestSchema, type StoreEvent } from '#shared/ipc/contract.ts'
import type { Door } from './door.ts'

/** One end of a channel to a window: Electron's MessagePortMain and Node's MessagePort alike, behind an adapter. */
export interface WindowPort {
  post(message: PortMessage): void
  onMessage(receive: (data: unknown) => void): void
  onClose(closed: () => void): void
}

export interface PortHub {
  add(port: WindowPort): void
  /** Tells every window. */
  announce(event: StoreEvent): void
}

/** Every request that has a number is answered, whatever else is wrong with it. */
export function createPortHub(door: Door): PortHub {
  const ports = new Set<WindowPort>()
  const answer = async (port: WindowPort, data: unknown): Promise<void> => {
    const parsed = portRequestSchema.safeParse(data)
    const id = parsed.success ? parsed.data.id : numberOf(data)
    if (id === null) return
    const reply = parsed.success
      ? await door(parsed.data.method, parsed.data.request)
      : err({ type: 'RequestUnreadable', where: [] as string[] })
    if (ports.has(port)) port.post({ id, reply })
  }
  return {
    add: (port) => {
      ports.add(port)
      port.onMessage((data) => void answer(port, data))
      port.onClose(() => ports.delete(port))
    },
    announce: (event) => {
      for (const port of ports) port.post(event)
    }
  }
}

/** A message without a number cannot be answered: nobody waits for it. */
function numberOf(data: unknown): number | null {
  if (typeof data !== 'object' || data === null || !('id' in data)) return null
  return typeof data.id === 'number' && Number.isSafeInteger(data.id) ? data.id : null
}
