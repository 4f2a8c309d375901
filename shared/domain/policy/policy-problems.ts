import type { PolicyRegister } from './policy.ts'
import type { PolicyFile } from './policy-data.ts'
import { policyItems } from './policy-items.ts'

/** One thing wrong with a register and where in the file it stands, for the person who edits it. */
export interface PolicyProblem {
  readonly path: string
  readonly message: string
}

/** What is wrong with a register of the right shape; empty when it can be relied on. */
export function policyProblems(policy: PolicyRegister): PolicyProblem[] {
  const references = [...duplicateIds(policy), ...fileReferences(policy), ...otherReferences(policy)]
  if (references.length > 0) return references
  return [...datesOutOfOrder(policy), ...unlawfulItems(policy), ...unaskedConsents(policy)]
}

function duplicateIds(policy: PolicyRegister): PolicyProblem[] {
  const { files, provisions, safety } = policy
  return [
    ...repeated('legalBases', policy.legalBases.map(idOf)),
    ...repeated('purposes', purposeIds(policy)),
    ...repeated('files', files.map(idOf)),
    ...repeated(
      'files.groups',
      files.flatMap((file) => file.groups.map(idOf))
    ),
    ...repeated(
      'files.items',
      files.flatMap((file) => file.items.map(idOf))
    ),
    ...repeated('provisions', provisions.map(idOf)),
    ...repeated(
      'provisions.recipients',
      provisions.flatMap((provision) => provision.recipients.map(idOf))
    ),
    ...repeated('consents', policy.consents.map(idOf)),
    ...repeated('rights.kinds', policy.rights.kinds.map(idOf)),
    ...repeated('rights.forms', policy.rights.forms.map(idOf)),
    ...repeated('safety', safety.map(idOf)),
    ...repeated(
      'safety.measures',
      safety.flatMap((group) => group.measures.map(idOf))
    ),
    ...repeated('officers.posts', policy.officers.posts.map(idOf)),
    ...repeated(
      'articles',
      policy.articles.map((article) => String(article.no))
    )
  ]
}

function fileReferences(policy: PolicyRegister): PolicyProblem[] {
  const bases = policy.legalBases.map(idOf)
  const purposes = purposeIds(policy)
  return policy.files.flatMap((file) => {
    const at = `files.${file.id}`
    const levels = [file, ...file.groups, ...file.items]
    return [
      ...levels.flatMap((level) => unknown(`${at}.${level.id}.legalBases`, level.legalBases ?? [], bases)),
      ...levels.flatMap((level) => unknown(`${at}.${level.id}.purposes`, level.purposes ?? [], purposes)),
      ...unknown(
        `${at}.items.partOf`,
        file.items.map((item) => item.partOf),
        file.groups.map(idOf)
      ),
      ...unknown(
        `${at}.items.derivedFrom`,
        file.items.flatMap((item) => item.derivedFrom ?? []),
        file.items.map(idOf)
      ),
      ...emptyGroups(at, file)
    ]
  })
}

const emptyGroups = (at: string, file: PolicyFile): PolicyProblem[] =>
  file.groups
    .filter((group) => !file.items.some((item) => item.partOf === group.id))
    .map((group) => ({ path: `${at}.groups.${group.id}`, message: 'has no item' }))

function otherReferences(policy: PolicyRegister): PolicyProblem[] {
  const bases = policy.legalBases.map(idOf)
  const items = policy.files.flatMap((file) => file.items.map(idOf))
  const groupsOf = (id: string) => policy.files.find((file) => file.id === id)?.groups.map(idOf) ?? []
  const recipientsOf = (id: string) => policy.provisions.find((row) => row.id === id)?.recipients.map(idOf) ?? []
  return [
    ...policy.provisions.flatMap((row) => [
      ...unknown(`provisions.${row.id}.items`, row.items, items),
      ...unknown(`provisions.${row.id}.legalBases`, row.legalBases, bases)
    ]),
    ...policy.consents.flatMap((consent) =>
      consent.kind === 'collection'
        ? unknown(`consents.${consent.id}.items`, consent.items, items)
        : unknown(`consents.${consent.id}.recipient`, [consent.recipient], recipientsOf(consent.provision))
    ),
    ...policy.impactAssessments.flatMap((row) =>
      unknown(`impactAssessments.${row.file}.groups`, row.groups, groupsOf(row.file))
    ),
    ...unknown('destruction.approver', [policy.destruction.approver], policy.officers.posts.map(idOf)),
    ...unknown('rights.agentForm', [policy.rights.agentForm], policy.rights.forms.map(idOf))
  ]
}

function datesOutOfOrder(policy: PolicyRegister): PolicyProblem[] {
  const starts = [...policy.earlierVersions.map((version) => version.effectiveFrom), policy.effectiveFrom]
  const late = policy.earlierVersions.filter(({ effectiveFrom, effectiveUntil }, index) => {
    const next = starts[index + 1]
    return effectiveUntil < effectiveFrom || (next !== undefined && effectiveUntil >= next)
  })
  const backwards = policy.outsourcing.trustees.filter((trustee) => trustee.until < trustee.from)
  return [
    ...(policy.id === policy.effectiveFrom ? [] : [{ path: 'id', message: 'is not the day the version takes effect' }]),
    ...late.map((version) => ({ path: `earlierVersions.${version.effectiveFrom}`, message: 'ends out of order' })),
    ...backwards.map(({ name }) => ({ path: `outsourcing.trustees.${name}`, message: 'ends before it begins' }))
  ]
}

/** 개인정보 보호법 24의2①: a resident registration number is handled because a law says so, never because of consent. */
function unlawfulItems(policy: PolicyRegister): PolicyProblem[] {
  return policyItems(policy)
    .filter((item) => item.rests === 'law' || item.identifier === 'rrn')
    .filter((item) => item.rests === 'consent' || !item.legalBases.some((basis) => basis.kind === 'law'))
    .map((item) => ({ path: `files.${item.file.id}.items.${item.id}`, message: 'rests on no law' }))
}

/** Every consent covers only what may be refused, and each recipient is asked about exactly once. */
function unaskedConsents(policy: PolicyRegister): PolicyProblem[] {
  const optional = policyItems(policy)
    .filter((item) => item.necessity === 'optional' && item.rests === 'consent')
    .map(idOf)
  const asked = policy.consents.flatMap((consent) => (consent.kind === 'provision' ? [consent.recipient] : []))
  const recipients = policy.provisions.flatMap((provision) => provision.recipients.map(idOf))
  return [
    ...policy.consents.flatMap((consent) =>
      consent.kind === 'collection' ? unknown(`consents.${consent.id}.items`, consent.items, optional) : []
    ),
    ...repeated('consents.recipient', asked),
    ...unknown('provisions.recipients', recipients, asked)
  ]
}

const idOf = <T extends string>({ id }: { readonly id: T }): T => id

const purposeIds = (policy: PolicyRegister): string[] =>
  policy.purposes.flatMap((purpose) => [purpose.id, ...purpose.parts.map(idOf)])

const repeated = (path: string, ids: readonly string[]): PolicyProblem[] =>
  ids
    .filter((id, index) => ids.indexOf(id) !== index)
    .map((id) => ({ path, message: `"${id}" stands there more than once` }))

const unknown = (path: string, ids: readonly string[], known: readonly string[]): PolicyProblem[] =>
  ids.filter((id) => !known.includes(id)).map((id) => ({ path, message: `"${id}" is not in the register` }))
