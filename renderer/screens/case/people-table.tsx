import { useTranslation } from 'react-i18next'
import type { Child, Helper, HouseholdMember } from '#shared/domain/case/case.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { registrationNoText } from '../../case-display/masked-texts.ts'
import { useChildAge } from '../../case-display/use-child-age.ts'
import '../../design-system/table.css'
import { formatDay } from '../../i18n/format.ts'
import { MaskedValue } from './masked-value.tsx'
import { PERSON_PLACES, type PeopleKind, type PersonPlace } from './people-form.ts'

type Person = Child | Helper | HouseholdMember

/** The people of one list, their numbers masked. */
export function PeopleTable({ kind, view }: { kind: PeopleKind; view: CaseView }) {
  const { t } = useTranslation('case')
  const people: readonly Person[] = view.case[kind]
  if (people.length === 0) return <p className="case-tab__empty">{t('family.empty')}</p>
  return (
    <table className="table people-table" aria-label={t(`family.${kind}`)}>
      <thead>
        <tr>
          {PERSON_PLACES[kind].map((place) => (
            <th key={place} scope="col" className={`people-table__${place}`}>
              {t(`family.${place}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {people.map((person, index) => (
          <tr key={`${person.name}-${person.registrationNo ?? ''}`}>
            {PERSON_PLACES[kind].map((place) => (
              <td key={place} className="people-table__cell">
                <PersonCell {...{ kind, place, person, index }} caseId={view.case.id} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface PersonCellProps {
  readonly kind: PeopleKind
  readonly place: PersonPlace
  readonly person: Person
  readonly index: number
  readonly caseId: string
}

const NUMBER_FIELDS = {
  children: 'child.registrationNo',
  helpers: 'helper.registrationNo',
  household: 'household.registrationNo'
} as const

function PersonCell({ kind, place, person, index, caseId }: PersonCellProps) {
  const { t } = useTranslation(['case', 'domain'])
  const ageText = useChildAge()
  if (place === 'registrationNo') {
    if (person.registrationNo === null) return <span className="faint">{t('case:family.unregistered')}</span>
    const masked = registrationNoText(person.registrationNo)
    return <MaskedValue caseId={caseId} field={NUMBER_FIELDS[kind]} index={index} masked={masked} />
  }
  if (place === 'phone' && 'phone' in person) {
    return <MaskedValue caseId={caseId} field="helper.phone" index={index} masked={person.phone} />
  }
  if (place === 'birthDate' && 'birthDate' in person) {
    return (
      <>
        {formatDay(person.birthDate)} <span className="faint">{ageText(person.birthDate)}</span>
      </>
    )
  }
  if (place === 'sex' && 'sex' in person) return t(`domain:sex.${person.sex}`)
  if (place === 'relation' && 'relation' in person) {
    return 'phone' in person
      ? t(`domain:helperRelation.${person.relation}`)
      : t(`domain:householdRelation.${person.relation}`)
  }
  return person.name
}
