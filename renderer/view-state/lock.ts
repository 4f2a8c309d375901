import { create } from 'zustand'
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

/** Who locked the desk to sign in at the centre again; the lock screen then begins with the online form. */
export const useReentry = create<{ readonly login: string | null }>(() => ({ login: null }))

/** The pass at the centre no longer counts: locks, and leads to the form that gets a new one. */
export async function signInAgain(login: string): Promise<void> {
  useReentry.setState({ login })
  await lockDesk()
}
