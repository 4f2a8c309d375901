import { oncePer } from '#shared/foundation/once-per.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { PolicyRegister } from './policy.ts'
import type { ItemGroup, LegalBasis, PolicyFile, Purpose, Retention } from './policy-data.ts'
import type { PolicyItemId } from './policy-item-id.ts'

/** The file that an application (신청 건) is kept in; the other file belongs to the public portal's membership. */
export const APPLICATION_FILE_ID = 'application'

/** An item with everything the register says of it, its own word first, then its group's, then its file's. */
export interface PolicyItem {
  readonly id: PolicyItemId
  readonly name: string
  readonly file: { readonly id: string; readonly name: string }
  readonly partOf: { readonly id: string; readonly name: string }
  readonly subject: ItemGroup['subject']
  readonly necessity: ItemGroup['necessity']
  readonly rests: ItemGroup['rests']
  /** True when the published text lists this very item; false for a field of a group it names as a whole. */
  readonly listed: boolean
  readonly identifier: 'rrn' | 'foreignRegistrationNo' | null
  readonly derivedFrom: readonly PolicyItemId[]
  readonly legalBases: readonly LegalBasis[]
  readonly purposes: readonly PurposeText[]
  readonly retention: Retention
}

/** A purpose, or one part of it, in the published words. */
export interface PurposeText {
  readonly id: string
  readonly text: string
}

export interface ItemNotInPolicy {
  readonly type: 'ItemNotInPolicy'
  readonly policyId: string
  readonly itemId: PolicyItemId
}

/** Every item of the version, files and items in published order. The register must have passed `parsePolicy`. */
export const policyItems = oncePer((policy: PolicyRegister): readonly PolicyItem[] => {
  const basisById = new Map(policy.legalBases.map((basis) => [basis.id, basis]))
  const purposeById = new Map(policy.purposes.flatMap(purposeTexts).map((purpose) => [purpose.id, purpose]))
  return policy.files.flatMap((file) =>
    file.items.map((item) => {
      const group = resolved(file.groups.find((candidate) => candidate.id === item.partOf))
      const { legalBases, purposes, retention } = { ...file, ...stated(group), ...stated(item) }
      return {
        id: item.id,
        name: item.name,
        file: { id: file.id, name: file.name },
        partOf: { id: group.id, name: group.name },
        subject: group.subject,
        necessity: group.necessity,
        rests: group.rests,
        listed: group.itemized && item.derivedFrom === undefined,
        identifier: item.identifier ?? null,
        derivedFrom: item.derivedFrom ?? [],
        legalBases: legalBases.map((id) => resolved(basisById.get(id))),
        purposes: purposes.map((id) => resolved(purposeById.get(id))),
        retention
      }
    })
  )
})

/** The item as this version states it; an error when this version does not name it, so it may not be collected. */
export function itemById(policy: PolicyRegister, itemId: PolicyItemId): Result<PolicyItem, ItemNotInPolicy> {
  const item = policyItems(policy).find((candidate) => candidate.id === itemId)
  return item === undefined ? err({ type: 'ItemNotInPolicy', policyId: policy.id, itemId }) : ok(item)
}

/**
 * The items of an application that rest on a law, so that no consent is asked for them; a form shows them apart from the
 * consents, with their legal basis (개인정보 보호법 22③).
 */
export const statedWithoutConsent = (policy: PolicyRegister): PolicyItem[] =>
  policyItems(policy).filter((item) => item.file.id === APPLICATION_FILE_ID && item.rests === 'law')

const purposeTexts = (purpose: Purpose): PurposeText[] => [
  { id: purpose.id, text: purpose.title },
  ...purpose.parts.map(({ id, text }) => ({ id, text }))
]

type Statement = Pick<ItemGroup, 'legalBases' | 'purposes' | 'retention'>
type Stated = Partial<Pick<PolicyFile, 'legalBases' | 'purposes' | 'retention'>>

/** Only what is said: a key that is present but undefined must not hide the level above. */
const stated = ({ legalBases, purposes, retention }: Statement): Stated => ({
  ...(legalBases && { legalBases }),
  ...(purposes && { purposes }),
  ...(retention && { retention })
})

/** A reference of a register that passed `parsePolicy` always resolves. */
function resolved<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the policy register was used without parsePolicy')
  return value
}
