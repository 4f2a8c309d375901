import { store } from '../api/store.ts'

/** Writes what is typed and not yet in the store. */
type Writer = () => Promise<void>

const writers = new Set<Writer>()

/** Has `write` run before a person locks the desk. Returns how to end that. */
export function writeBeforeLock(write: Writer): () => void {
  writers.add(write)
  return () => void writers.delete(write)
}

/** Locks the desk at a person's wish. A locked store takes nothing any more, so what is typed is written first. */
export async function lockDesk(): Promise<void> {
  await Promise.all([...writers].map((write) => write()))
  await store.ask('session.lock', { cause: 'asked' })
}
