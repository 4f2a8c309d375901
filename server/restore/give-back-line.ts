import { markedCommand } from '#shared/commands/marks.ts'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { type GiveBackLine, giveBackLineSchema } from '#shared/sync-protocol/give-back.ts'

/** null: no line of a give-back, or one with revisions that no centre ever gave. */
export function readGiveBackLine(text: Buffer): GiveBackLine | null {
  const line = giveBackLineSchema.safeParse(parseJson(text)).data
  if (line === undefined) return null
  if (line.type === 'case') return isGiven(line.record) ? line : null
  if (
    line.type === 'sent' &&
    line.outcome !== undefined &&
    'rev' in line.outcome &&
    markedCommand(line.outcome.rev) !== null
  )
    return null
  return line
}

/** Marks never reach a centre, and no field changed later than its case. */
const isGiven = ({ rev, fieldRevs }: CaseRecord): boolean =>
  rev > 0 && markedCommand(rev) === null && Object.values(fieldRevs).every((at) => at <= rev)

/** undefined, which is no line: the text is no JSON. */
export function parseJson(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'))
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined
    throw fault
  }
}
