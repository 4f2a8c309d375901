import type { LineFault } from '../line/line-fault.ts'

/**
 * What happens in one round: one act of a person or one fault. A step is plain data and holds every number that it needs,
 * so that the plan of a seed is known before anything runs.
 */
export type Step = PersonStep | LineStep | ProcessStep | StoreStep | OfficerStep

/** Which of the office's desks; the last place stands for a copied desk while there is one. */
export type DeskPlace = number

export const CORRECTIONS = ['phone', 'email', 'income', 'account', 'name', 'household'] as const
export type Correction = (typeof CORRECTIONS)[number]

/** A case is chosen by its share of the list as the desk shows it: low shares are chosen often, so that desks meet. */
export type CaseShare = number

export type PersonStep =
  | { readonly type: 'register'; readonly desk: DeskPlace; readonly withDraft: boolean }
  | { readonly type: 'correct'; readonly desk: DeskPlace; readonly share: CaseShare; readonly field: Correction }
  | { readonly type: 'move'; readonly desk: DeskPlace; readonly share: CaseShare; readonly to: number }
  /** Several people change the same field of one case at the same time. */
  | { readonly type: 'together'; readonly district: number; readonly share: CaseShare; readonly field: Correction }
  /** A paper is attached, of so many bytes. */
  | { readonly type: 'attach'; readonly desk: DeskPlace; readonly share: CaseShare; readonly bytes: number }
  | { readonly type: 'draft'; readonly desk: DeskPlace; readonly share: CaseShare }
  | { readonly type: 'look'; readonly desk: DeskPlace; readonly share: CaseShare }
  | { readonly type: 'discard'; readonly desk: DeskPlace }
  /** One of the open conflicts is decided. */
  | { readonly type: 'decide'; readonly desk: DeskPlace; readonly share: number; readonly pick: 'theirs' | 'mine' }
  /** A refused command is taken up again, as a draft. */
  | { readonly type: 'amend'; readonly desk: DeskPlace }
  /** The other one of the two people who share the PC sits down. */
  | { readonly type: 'hand_over'; readonly desk: DeskPlace }
  | { readonly type: 'sync'; readonly desk: DeskPlace; readonly waits: boolean }
  | { readonly type: 'lock'; readonly desk: DeskPlace }

export type LineStep =
  /** The next exchanges of the desk go wrong, one fault each. */
  | { readonly type: 'line_fault'; readonly desk: DeskPlace; readonly faults: readonly LineFault[] }
  | { readonly type: 'line_down'; readonly desk: DeskPlace; readonly rounds: number }

/** When a process dies: after so long, or on its so-manieth passage of a point in its work. */
export type Death =
  | { readonly at: 'ms'; readonly ms: number }
  | { readonly at: 'point'; readonly point: DeskPoint | CentrePoint; readonly passage: number }

export const DESK_POINTS = [
  'commit.before',
  'commit.after',
  'capsule.write',
  'file.sync',
  'file.rename',
  'request.leaves',
  'answer.arrives'
] as const
export type DeskPoint = (typeof DESK_POINTS)[number]

export const CENTRE_POINTS = ['commit.before', 'commit.after'] as const
export type CentrePoint = (typeof CENTRE_POINTS)[number]

export const RESTORED = ['cases', 'both', 'keys'] as const
export type RestoredDatabases = (typeof RESTORED)[number]

export type ProcessStep =
  | { readonly type: 'kill_desk'; readonly desk: DeskPlace; readonly death: Death }
  | { readonly type: 'kill_centre'; readonly death: Death }
  | { readonly type: 'restart_centre' }
  | { readonly type: 'back_up_centre' }
  /** Its databases, or one of them, are put back to how they were at the last backup. */
  | { readonly type: 'restore_centre'; readonly which: RestoredDatabases }
  /** The PC's clock jumps: hours before or after the true time. */
  | { readonly type: 'clock'; readonly desk: DeskPlace; readonly hours: number }
  /** The desk speaks an older protocol for so many rounds. */
  | { readonly type: 'old_protocol'; readonly desk: DeskPlace; readonly rounds: number }

export type StoreStep =
  | { readonly type: 'disk_full'; readonly desk: DeskPlace; readonly rounds: number }
  | { readonly type: 'copy_desk'; readonly desk: DeskPlace }
  /** The desk's files are set back to an earlier copy. */
  | { readonly type: 'set_back_desk'; readonly desk: DeskPlace }
  /** The PC is copied with everything on it, and both go on. */
  | { readonly type: 'twin'; readonly desk: DeskPlace }
  | { readonly type: 'lose_store'; readonly desk: DeskPlace; readonly what: 'file' | 'vault' }

/** What the privacy officer, another district or an administrator does at the centre. */
export type OfficerStep =
  | {
      readonly type: 'bury'
      readonly district: number
      readonly share: CaseShare
      readonly reason: 'destroyed' | 'withdrawn'
    }
  | { readonly type: 'move_away'; readonly district: number; readonly share: CaseShare }
  /** The PC is shut out, or everything on it is deleted; it may die while it does so. */
  | {
      readonly type: 'shut_out'
      readonly desk: DeskPlace
      readonly how: 'revoked' | 'wiped'
      readonly death: { readonly point: DeskPoint; readonly passage: number } | null
    }
  /** Its lease ends, or the grace after it too. */
  | { readonly type: 'lease_over'; readonly desk: DeskPlace; readonly days: number }

export type StepType = Step['type']
