/** Neighbouring terms, both ends included: a case has the range when it has any of them. */
export interface TermRange {
  readonly low: number
  readonly high: number
}

/** Cases that have every range. Unless `exact`, some of them may not match: `matchQuery` tells. None is missing. */
export interface Alternative {
  readonly ranges: readonly TermRange[]
  readonly exact: boolean
}

/** For each word of the query its alternatives: a case must have one of each word. */
export type QueryPlan = ReadonlyArray<readonly Alternative[]>
