import { expectOk, ok } from '#shared/foundation/result.ts'
import { BEFORE_ALL, goneNos, NumberSet, sweepBlocks } from '#shared/store-format/postings/posting-sweep.ts'
import type { StoreDb } from './database.ts'
import { mergeLog } from './journal.ts'

/** Takes cases that left in bulk out of the search index, in steps of a few milliseconds. */
export interface IndexSweep {
  /** false: the index names no case that is gone. */
  step(): boolean
}

const A_FEW_MILLISECONDS = 400
/** A step rewrites some forty pages. */
const MERGE_EVERY = 12

interface Pass {
  readonly nos: readonly number[]
  readonly gone: NumberSet
  readonly after: bigint
}

/** Cut off anywhere, it begins anew: taking out what is out already costs no more than reading it. */
export function createIndexSweep(db: StoreDb, blocks = A_FEW_MILLISECONDS): IndexSweep {
  let pass: Pass | null = null
  let steps = 0
  const begin = (): Pass | null => {
    const nos = goneNos(db)
    return nos.length === 0 ? null : { nos, gone: new NumberSet(nos), after: BEFORE_ALL }
  }
  return {
    step: () => {
      pass ??= begin()
      if (pass === null) return false
      if (++steps % MERGE_EVERY === 0) {
        mergeLog(db.raw)
        return true
      }
      const { nos, gone, after } = pass
      const reached = expectOk(
        db.write((tx) => {
          const key = sweepBlocks(tx, gone, { after, most: blocks })
          if (key === null) for (const no of nos) tx.run('DELETE FROM search_gone WHERE no = ?', no)
          return ok(key)
        })
      )
      pass = reached === null ? null : { nos, gone, after: reached }
      return true
    }
  }
}
