import { APPROVAL_STEPS } from './destruction-proven/approval.ts'
import { CONSENT_STEPS } from './destruction-proven/consents.ts'
import { PROOF_STEPS } from './destruction-proven/proof.ts'
import { setStage } from './destruction-proven/stage.ts'
import { storyOf } from './story.ts'

/**
 * A mother refuses one thing, agrees to another and takes an answer back; what goes out to a shop goes without her. What
 * has been kept long enough is destroyed: planned, reviewed and approved by three people, executed after its cooling-off,
 * and proven at every place where a copy lay, one of them a PC that nobody switches on any more. Then the supervisor
 * reports who did what.
 */
export const destructionProven = storyOf({
  title: 'Destroyed, and proven on every copy',
  steps: [...CONSENT_STEPS, ...APPROVAL_STEPS, ...PROOF_STEPS],
  setStage,
  firstDesk: ({ office }) => office
})
