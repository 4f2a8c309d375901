import { v7 as newUuid } from 'uuid'
import { type Centre, openCentre } from '../centre.ts'
import type { DatabaseAccess } from '../database-access.ts'
import type { Answer } from './command.ts'

/** For the commands that need the keys as well as the cases. */
export async function withCentre(
  databases: DatabaseAccess,
  work: (centre: Centre) => Promise<Answer>
): Promise<Answer> {
  const { databaseUrl, keysDatabaseUrl, masterKey } = databases
  const centre = await openCentre({
    databaseUrl,
    keysDatabaseUrl,
    masterKey,
    now: () => new Date().toISOString(),
    newId: () => newUuid(),
    onFault: () => undefined // the next statement fails and is reported
  })
  try {
    return await work(centre)
  } finally {
    await centre.drain()
    await centre.close()
  }
}
