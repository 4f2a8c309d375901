/** How long this PC may still be used without meeting the centre. */
export interface LeaseView {
  /** From then on it is locked until somebody signs in online. */
  readonly endsAt: string
  /** From then on the data on this PC is deleted; unsent work is kept for the centre. */
  readonly graceEndsAt: string
  /** `ending`: time to say so. */
  readonly state: 'fine' | 'ending' | 'over'
}

/** What lay on this PC and was deleted, until somebody signs in again. */
export interface ErasedView {
  /** `wiped`: an administrator ordered it. `lease`: the PC had not met the centre for too long. */
  readonly reason: 'wiped' | 'lease'
  readonly at: string
  /** Unsent commands and documents that lie sealed to the centre, and whether it has them already. */
  readonly unsent: number
  readonly documents: number
  readonly isHandedOver: boolean
  /** Those of the documents that lacked pieces when they were handed over. */
  readonly lost: number
}
