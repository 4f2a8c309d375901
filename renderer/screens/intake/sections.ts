import { assertNever } from '#shared/foundation/assert-never.ts'
import type { IntakeForm } from './intake-form.ts'
import type { IntakeIssue, IssueMap } from './intake-issues.ts'
import { serviceNeeds } from './service-needs.ts'

/** The parts of the page, in the order of the work. */
export const SECTIONS = [
  'service',
  'applicant',
  'children',
  'helpers',
  'household',
  'money',
  'consents',
  'review'
] as const
export type Section = (typeof SECTIONS)[number]

export const sectionId = (section: Section): string => `intake-${section}`

const MONEY = /^applicant\.(householdSize|monthlyWon|bankCode|accountNumber|accountHolder)$/
const CONSENT = /^(answers\.|consentMethod$|guardianCheck$|applicant\.(email|contactPhone)$)/

export function sectionOf(path: string): Section {
  if (CONSENT.test(path)) return 'consents'
  if (MONEY.test(path)) return 'money'
  const [head] = path.split('.')
  return SECTIONS.find((section) => section === head) ?? 'service'
}

const UNFILLED: ReadonlySet<IntakeIssue> = new Set<IntakeIssue>([
  'missing',
  'chosenNone',
  'dayMissing',
  'unanswered',
  'accountIncomplete',
  'incomeIncomplete'
])

/** Nothing is wrong with the field, it is only not filled in yet. */
export const isUnfilled = (issue: IntakeIssue): boolean => UNFILLED.has(issue)

export interface SectionState {
  readonly unfilled: number
  readonly wrong: number
}

export function sectionStates(issues: IssueMap): Readonly<Record<Section, SectionState>> {
  const states = Object.fromEntries(SECTIONS.map((section) => [section, { unfilled: 0, wrong: 0 }])) as Record<
    Section,
    { unfilled: number; wrong: number }
  >
  for (const [path, issue] of issues) states[sectionOf(path)][isUnfilled(issue) ? 'unfilled' : 'wrong'] += 1
  return states
}

/** How many fields have to be filled in before the form can be handed in. */
export function requiredFields({ children, helpers, household, service }: IntakeForm, asked: number): number {
  const helperFields = serviceNeeds(service).helper ? helpers.length * 4 : 0
  const consentFields = asked === 0 ? 0 : asked + 1
  return PLACE_AND_APPLICANT + children.length * 3 + helperFields + household.length * 3 + consentFields
}
const PLACE_AND_APPLICANT = 8

/** Whether anything is on a part of the page at all: one that may stay empty is not done for being empty. */
export function isBegun(section: Section, { service, children, helpers, household, applicant }: IntakeForm): boolean {
  switch (section) {
    case 'children':
      return children.length > 0
    case 'helpers':
      return helpers.length > 0
    case 'household':
      return household.length > 0
    case 'money':
      return applicant.monthlyWon !== '' || applicant.accountNumber !== ''
    case 'consents':
      return service !== ''
    case 'service':
    case 'applicant':
    case 'review':
      return true
    default:
      return assertNever(section)
  }
}

/** Brings a part of the page to the top and the cursor to its first field. */
export function goToSection(section: Section): void {
  const place = document.getElementById(sectionId(section))
  place?.scrollIntoView({ block: 'start' })
  const field = place?.querySelector<HTMLElement>('input:not(:disabled), select:not(:disabled), button:not(:disabled)')
  field?.focus({ preventScroll: true })
}

/** Brings a field into sight and the cursor into it. */
export function goToField(path: string): void {
  const place = document.querySelector(`[data-field="${CSS.escape(path)}"]`)
  const field = place?.querySelector<HTMLElement>('input:not(:disabled), select:not(:disabled)')
  place?.scrollIntoView({ block: 'center' })
  field?.focus({ preventScroll: true })
}
