import { err, type Result } from '#shared/foundation/result.ts'
import { storeFailureOf } from './sqlite-failure.ts'

/** Runs a write; a disk without room is an expected failure, anything else that is thrown goes on. */
export function withDiskFull<T, E>(write: () => Result<T, E>): Result<T, E | { type: 'DiskFull' }> {
  try {
    return write()
  } catch (error) {
    if (storeFailureOf(error) === 'disk_full') return err({ type: 'DiskFull' })
    throw error
  }
}
