import type { Cipher } from '#shared/cipher/cipher.ts'
import type { ItemFound } from '#shared/commands/destruction/execute-batch.ts'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { ListedItem } from '#shared/domain/destruction/destruction-batch.ts'
import { isOpenHold } from '#shared/domain/retention/hold.ts'
import type { IsoDate, IsoInstant } from '#shared/foundation/primitives.ts'
import { type CaseRow, tryRowToCase } from '../cases/case-rows.ts'
import type { KeyRing } from '../keys/key-ring.ts'

export interface FindItemsDeps {
  readonly cipher: Cipher
  readonly keyRing: Pick<KeyRing, 'buriedAmong' | 'caseKeys'>
}

export interface ItemsToFind {
  readonly districtCode: string
  readonly items: readonly ListedItem[]
  /** Those cases of the list that are there. */
  readonly rows: readonly CaseRow[]
  readonly at: IsoInstant
}

/**
 * Whether the cases of a list are as they were approved. What is destroyed already, by an execution that was cut off or
 * before a restore, counts as that: it goes on to its end.
 */
export async function findItems(deps: FindItemsDeps, { districtCode, items, rows, at }: ItemsToFind) {
  const caseIds = items.map(({ caseId }) => caseId)
  const [buried, keys] = await Promise.all([deps.keyRing.buriedAmong(caseIds), deps.keyRing.caseKeys(caseIds)])
  const ofDistrict = new Map(rows.flatMap((row) => (row.district_code === districtCode ? [[row.id, row]] : [])))
  const on = koreanDayOf(at)
  return new Map(
    items.map((item): [string, ItemFound] => {
      const row = ofDistrict.get(item.caseId)
      if (item.parts !== 'case') return [item.caseId, 'fields']
      if (buried.get(item.caseId) === 'destroyed') return [item.caseId, 'listed']
      if (row === undefined) return [item.caseId, 'gone']
      return [item.caseId, findCase(deps.cipher, { row, key: keys.get(item.caseId), item, on })]
    })
  )
}

interface CaseToFind {
  readonly row: CaseRow
  readonly key: Uint8Array | undefined
  readonly item: ListedItem
  readonly on: IsoDate
}

/** A case that does not open is of the approved revision or not; more is not to be known of it. */
function findCase(cipher: Cipher, { row, key, item, on }: CaseToFind): ItemFound {
  const record = key === undefined ? null : tryRowToCase({ cipher, key }, row)
  if (record?.case.holds.some((hold) => isOpenHold(hold, on)) === true) return 'held'
  if (record !== null && record.case.conflicts.length > 0) return 'disputed'
  return row.rev === item.rev ? 'listed' : 'changed'
}
