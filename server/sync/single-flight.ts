/** Those who ask for the same while it is being made share it; what is made is not kept. */
export type SingleFlight<V> = (key: string, make: () => Promise<V>) => Promise<V>

export function createSingleFlight<V>(): SingleFlight<V> {
  const making = new Map<string, Promise<V>>()
  return (key, make) => {
    const running = making.get(key)
    if (running !== undefined) return running
    const made = make().finally(() => making.delete(key))
    making.set(key, made)
    return made
  }
}
