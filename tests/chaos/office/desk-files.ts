import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** What can be told of a PC from its files, whether it runs or not. */
export interface DeskPlace {
  readonly dataDir: string
  readonly districtCode: string
}

const keyringSchema = z.object({ deviceId: z.uuid() })
const rescuedSchema = z.object({ commands: z.int() })

/** Under which the centre knows the desk; null: nobody has signed in on it. */
export function deviceIdOf({ dataDir, districtCode }: DeskPlace): string | null {
  const file = join(dataDir, 'stores', districtCode, 'keyring.json')
  return existsSync(file) ? keyringSchema.parse(readJson(file)).deviceId : null
}

/** Stores that were put aside there, apart from deleted ones. */
export const asideFolders = ({ dataDir }: DeskPlace): string[] =>
  namesIn(join(dataDir, 'rescue'))
    .filter((name) => !name.includes('erased'))
    .map((name) => join(dataDir, 'rescue', name))

/** How many commands came from stores that were set back or copied, under numbers of the present one. */
export const countRenumbered = (desk: DeskPlace): number =>
  asideFolders(desk)
    .filter((dir) => isNotedCopied(dir) && existsSync(join(dir, 'rescued.json')))
    .reduce((sum, dir) => sum + rescuedSchema.parse(readJson(join(dir, 'rescued.json'))).commands, 0)

/** A store there was found to be set back or copied, and what it had not sent has not come back yet. */
export const isCopyUnsettled = (desk: DeskPlace): boolean =>
  isNotedCopied(join(desk.dataDir, 'stores', desk.districtCode)) ||
  asideFolders(desk).some((dir) => isNotedCopied(dir) && !existsSync(join(dir, 'rescued.json')))

/** Where capsules lie there, with the pieces of their documents. */
export const capsulesOn = ({ dataDir }: DeskPlace): string[] =>
  ['stores', 'rescue']
    .flatMap((place) => namesIn(join(dataDir, place)).map((name) => join(dataDir, place, name)))
    .filter((dir) => ['rescue.capsule', 'rescue.documents'].some((name) => existsSync(join(dir, name))))

const isNotedCopied = (dir: string): boolean => existsSync(join(dir, 'renumber.json'))

const namesIn = (dir: string): string[] => (existsSync(dir) ? readdirSync(dir) : [])

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))
