/**
 * Asks for many keys with one statement: whoever comes while one runs goes into the next, together with all who came
 * meanwhile. Nobody waits for company, and none is answered by a statement that was sent before it came.
 */
export function gathered<K, V>(ask: (keys: readonly K[]) => Promise<readonly V[]>): (key: K) => Promise<V> {
  let waiting: Array<{ key: K; resolve: (value: V) => void; reject: (fault: unknown) => void }> = []
  let isRunning = false

  const run = async (): Promise<void> => {
    isRunning = true
    while (waiting.length > 0) {
      const group = waiting
      waiting = []
      try {
        const values = await ask(group.map(({ key }) => key))
        if (values.length !== group.length) throw new Error('a gathered statement answers each key')
        for (const [index, value] of values.entries()) group[index]?.resolve(value)
      } catch (fault) {
        for (const { reject } of group) reject(fault)
      }
    }
    isRunning = false
  }
  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject })
      if (!isRunning) void run()
    })
}
