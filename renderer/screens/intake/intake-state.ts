import { create } from 'zustand'
import type { ServiceCode } from '#shared/domain/case/service.ts'
import type { ConsentRequest } from '#shared/domain/policy/consents-to-ask.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { askedConsents, type ContactFields, contactFields, policyOn } from './asked-consents.ts'
import { emptyForm, type IntakeForm } from './intake-form.ts'
import { type IssueMap, intakeIssues } from './intake-issues.ts'

/** What the form is judged by. */
export interface IntakeContext {
  readonly accountId: string
  readonly districtCode: string
  readonly today: string
  readonly policies: readonly PolicyRegister[]
}

/** What the register in force says to the form as it stands. */
interface Judgement {
  readonly policy: PolicyRegister | null
  readonly asked: readonly ConsentRequest[] | null
  readonly contacts: ContactFields
  readonly issues: IssueMap
}

export type DraftState = 'pristine' | 'unsaved' | 'saved' | 'failed'

export interface Registered {
  readonly caseId: string
  readonly applicationNo: string
  readonly applicantName: string
  readonly service: ServiceCode | ''
}

export interface Intake extends Judgement {
  readonly context: IntakeContext | null
  /** null until a draft is opened or begun. */
  readonly draftId: string | null
  readonly form: IntakeForm | null
  /** Fields that were left once: only these show what is wrong, until everything was checked. */
  readonly left: ReadonlySet<string>
  readonly checkedAll: boolean
  readonly draft: DraftState
  /** When the draft that was opened had been written last; null for a form begun here. */
  readonly restoredFrom: string | null
  readonly registered: Registered | null
}

const UNJUDGED: Judgement = { policy: null, asked: [], contacts: new Map(), issues: new Map() }
const UNTOUCHED = { left: new Set<string>(), checkedAll: false, registered: null }

/** The intake in hand. It outlives its screen, so that a look at a case or the lock in between takes nothing away. */
export const useIntake = create<Intake>(() => ({
  ...UNJUDGED,
  ...UNTOUCHED,
  context: null,
  draftId: null,
  form: null,
  draft: 'pristine',
  restoredFrom: null
}))

function judge(context: IntakeContext, form: IntakeForm): Judgement {
  const policy = policyOn(context.policies, form.appliedOn)
  const asked = askedConsents(policy, form.service)
  const contacts = contactFields(policy)
  return { policy, asked, contacts, issues: intakeIssues({ ...context, asked, contacts }, form) }
}

/** Begins an empty form. */
export function beginIntake(context: IntakeContext): void {
  const form = emptyForm(context)
  useIntake.setState({
    ...judge(context, form),
    ...UNTOUCHED,
    context,
    draftId: crypto.randomUUID(),
    form,
    draft: 'pristine',
    restoredFrom: null
  })
}

/** Goes on with a draft. */
export function resumeIntake(context: IntakeContext, draft: { id: string; form: IntakeForm; updatedAt: string }): void {
  useIntake.setState({
    ...judge(context, draft.form),
    ...UNTOUCHED,
    context,
    draftId: draft.id,
    form: draft.form,
    left: filledFields(draft.form),
    draft: 'saved',
    restoredFrom: draft.updatedAt
  })
}

/** What was filled in before counts as left: what is wrong with it shows at once, what is empty does not. */
function filledFields({ applicant, ...form }: IntakeForm): ReadonlySet<string> {
  const filled = Object.entries(applicant).filter(([, text]) => text !== '')
  const rows = (['children', 'helpers', 'household'] as const).flatMap((list) =>
    form[list].flatMap((row) =>
      Object.entries(row)
        .filter(([, text]) => text !== '')
        .map(([name]) => `${list}.${row.key}.${name}`)
    )
  )
  return new Set([...filled.map(([name]) => `applicant.${name}`), ...rows])
}

/** Forgets what was typed: after it was sent, given up, or kept in the draft of a desk that is locked. */
export function dropIntake(): void {
  useIntake.setState({ ...UNJUDGED, ...UNTOUCHED, form: null, draft: 'pristine', restoredFrom: null })
}

/** Changes the form and judges it anew. */
export function editIntake(change: (form: IntakeForm) => IntakeForm): void {
  const { context, form } = useIntake.getState()
  if (context === null || form === null) return
  const next = change(form)
  if (next === form) return
  useIntake.setState({ ...judge(context, next), form: next, draft: 'unsaved' })
}

/** The day turned while the form was open, or another version of the register arrived. */
export function judgeAgain(context: IntakeContext): void {
  const { form } = useIntake.getState()
  useIntake.setState(form === null ? { context } : { context, ...judge(context, form) })
}

export function leaveField(path: string): void {
  useIntake.setState(({ left }) => (left.has(path) ? {} : { left: new Set([...left, path]) }))
}

export const checkEverything = (): void => useIntake.setState({ checkedAll: true })
export const noteDraft = (draft: DraftState): void => useIntake.setState({ draft })

export const showRegistered = (registered: Registered): void => {
  dropIntake()
  useIntake.setState({ registered, draftId: null })
}
