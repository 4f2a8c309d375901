import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { pushLineSchema } from '#shared/sync-protocol/push.ts'
import type { HeldAnswer, HeldRequest } from './line/held-request.ts'
import { type Acts, MARKER } from './office/acts.ts'
import type { Office } from './office/office.ts'
import type { OfficeDesk } from './office/office-desk.ts'

/** A bug as a careless change could bring it, done by hand to a running office, and the promise that it breaks. */
export interface PlantedBug {
  readonly what: string
  readonly invariant: string
  plant(office: Office, acts: Acts): Promise<void>
}

const deskAt = (office: Office, place: number): OfficeDesk => office.deskAt(place)

/** A command is made while the line is down, so that it waits. */
async function saveUnsent(desk: OfficeDesk, acts: Acts): Promise<void> {
  desk.line.cut()
  await desk.ready()
  await acts.correct(desk, { share: 0, field: 'income' })
}

/** What stands in between says "applied" and passes nothing on. */
function forgeAcknowledgement(held: HeldRequest): HeldAnswer | null {
  if (held.path !== '/v1/push') return null
  const packed = held.headers['content-encoding'] === 'zstd' ? zstdDecompressSync : gunzipSync
  const lines = packed(held.body).toString('utf8').split('\n')
  const outcomes = lines.flatMap((text) => {
    const line = text === '' ? null : pushLineSchema.parse(JSON.parse(text))
    return line?.type === 'command' ? [{ type: 'Applied', commandId: line.command.id, rev: 1000, seq: 1 }] : []
  })
  const body = [{ type: 'outcomes', outcomes }, { type: 'end' }].map((line) => `${JSON.stringify(line)}\n`).join('')
  return { status: 200, headers: { 'content-type': 'application/x-ndjson' }, body: Buffer.from(body) }
}

export const PLANTED_BUGS: readonly PlantedBug[] = [
  {
    what: 'something in between swallows a command and acknowledges it',
    invariant: 'every command that was saved is at the centre or waits where its author sees it',
    plant: async (office, acts) => {
      const desk = deskAt(office, 0)
      await desk.ready()
      desk.line.answerInstead(forgeAcknowledgement)
      await acts.correct(desk, { share: 0, field: 'income' })
      await desk.ask('sync.now', {})
      desk.line.answerInstead(null)
    }
  },
  {
    what: 'a store drops a row of its outbox',
    invariant: 'every command that was saved is at the centre or waits where its author sees it',
    plant: async (office, acts) => {
      const desk = deskAt(office, 1)
      await saveUnsent(desk, acts)
      await desk.process?.meddle('DELETE FROM outbox WHERE device_seq = (SELECT max(device_seq) FROM outbox)')
    }
  },
  {
    what: 'the centre answers that it did a command and forgets it',
    invariant: 'every command that was saved is at the centre or waits where its author sees it',
    plant: async (office) => {
      const [command] = await office.hand.commands()
      await office.hand.centre.pool.query('DELETE FROM commands WHERE id = $1', [command?.id])
    }
  },
  {
    what: 'the centre does a command twice',
    invariant: 'no command is done twice, and none that nobody gave is done',
    plant: async (office) => {
      await office.hand.centre.pool.query('UPDATE cases SET rev = rev + 1 WHERE seq = (SELECT max(seq) FROM cases)')
    }
  },
  {
    what: 'a desk skips a place in the stream',
    invariant: 'every desk holds what the centre holds of its district, and nothing else',
    plant: async (office, acts) => {
      const [reader, writer] = [deskAt(office, 2), deskAt(office, 3)]
      await reader.process?.meddle(`UPDATE meta SET value = value + 1 WHERE key = 'sync.cursor'`)
      await acts.register(writer, { withDraft: false })
    }
  },
  {
    what: 'a store loses its search index',
    invariant: 'lists, counts and search agree with the cases',
    plant: async (office) => {
      await deskAt(office, 2).process?.meddle('DELETE FROM search_blocks; DELETE FROM search_recent')
    }
  },
  {
    what: 'a line leaves the access log',
    invariant: 'the access logs are whole',
    plant: async (office) => {
      await deskAt(office, 3).process?.meddle('DELETE FROM access_log WHERE no = 2')
    }
  },
  {
    what: 'a store loses a draft',
    invariant: 'a draft that was saved is there until it is used, thrown away or gone with its case',
    plant: async (office, acts) => {
      const desk = deskAt(office, 1)
      await acts.perform({ type: 'draft', desk: 1, share: 0 })
      await desk.process?.meddle('DELETE FROM drafts')
    }
  },
  {
    what: 'a desk leaves a readable file behind',
    invariant: 'no file holds in clear what people typed',
    plant: async (office) => {
      writeFileSync(join(deskAt(office, 1).dataDir, 'left.tmp'), `name=${MARKER}`)
    }
  }
]
