import { formatAddress } from '#shared/domain/case/address.ts'
import { type Address, addressSchema, type Case, caseSchema } from '#shared/domain/case/case.ts'
import { formatPhone } from '#shared/domain/case/phone.ts'
import { formatRrn } from '#shared/domain/case/rrn.ts'
import { fold } from '#shared/domain/search/fold.ts'
import { initialOf, isSyllable } from '#shared/domain/search/hangul.ts'
import { heldValues } from './held-values.ts'
import { distinctMarkers, type Marker, type MarkerKind, textMarkers } from './marker.ts'

/**
 * What each kind of item is looked for as; null: not at all. A birthday, a sum, a relation or a postcode is that of many
 * people, and so is each part of an address by itself.
 */
export const ITEM_MARKERS = {
  name: 'name',
  rrn: 'registration_no',
  phone: 'phone',
  contactPhone: 'phone',
  account: 'account',
  email: 'email',
  loginId: 'login',
  address: null,
  income: null,
  birthDate: null,
  sex: null,
  relation: null
} as const satisfies Record<string, MarkerKind | null>

/** The last part of an item's id: `application.child.rrn` is an `rrn`. */
export const itemKind = (item: string): string => item.slice(item.lastIndexOf('.') + 1)

/**
 * The markers of everybody who stands in a case, of her papers and of the keys to them. A name of fewer than three
 * letters is no proof, whatever its bytes: hundreds have it, and it is part of other words. A living case or an official
 * may have the name, address or number too: whoever finds a marker asks for those first (`isExplained` of the search).
 */
export function caseMarkers(subject: Case): Marker[] {
  const texts = heldValues(caseSchema, subject).flatMap(({ item, value }) =>
    typeof value === 'string' ? markersOf(itemKind(item), value.normalize('NFC')) : []
  )
  return distinctMarkers([...texts, ...addressesIn(subject).flatMap(addressMarkers), ...keyMarkers(subject)])
}

function markersOf(item: string, text: string): Marker[] {
  const kind = Object.hasOwn(ITEM_MARKERS, item) ? ITEM_MARKERS[item as keyof typeof ITEM_MARKERS] : null
  switch (kind) {
    case null:
      return []
    case 'name':
      return nameMarkers(text)
    case 'account':
      return /^\d/.test(text) ? textMarkers(kind, text) : nameMarkers(text) // 예금주
    case 'registration_no':
      return [text, formatRrn(text)].flatMap((form) => textMarkers(kind, form))
    case 'phone':
      return [text, formatPhone(text)].flatMap((form) => textMarkers(kind, form))
    case 'email':
    case 'login':
      return textMarkers(kind, text)
  }
}

const FEWEST_NAME_UNITS = 3

export function nameMarkers(name: string): Marker[] {
  const { units } = fold(name)
  if (units.length < FEWEST_NAME_UNITS) return []
  const folded = String.fromCharCode(...units)
  const forms = name === folded ? [name] : [name, folded]
  const initials = units.every(isSyllable) ? String.fromCharCode(...units.map(initialOf)) : null
  return [
    ...forms.flatMap((form) => textMarkers('name', form)),
    ...(initials === null ? [] : textMarkers('initials', initials))
  ]
}

/** Wherever in the case an address stands: the applicant's, and one that waits in a conflict. */
function addressesIn(value: unknown): Address[] {
  if (typeof value !== 'object' || value === null) return []
  if (!('road' in value)) return Object.values(value).flatMap(addressesIn)
  const address = addressSchema.safeParse(value)
  return address.success ? [address.data] : []
}

/** Of a house without 상세주소 its street and number; everything else is shared by all who live under the same number. */
function addressMarkers(address: Address): Marker[] {
  const { road, building, detail } = address
  if (building === '') return []
  const place = `${road} ${building}`
  const whole = detail === '' ? place : `${place}, ${detail}`
  const json = JSON.stringify({ road, building, detail }).slice(1, -1)
  return [whole, formatAddress(address), json].flatMap((form) => wholeText(form))
}

/** An address is longer than a marker and begins as its neighbours' do: its end tells it. */
function wholeText(text: string): Marker[] {
  return textMarkers('address', text.slice(-TOLD_UNITS))
}
const TOLD_UNITS = 21

/** The key of a document stands in its case alone; with it the sealed pieces would open. */
function keyMarkers({ documents }: Case): Marker[] {
  return documents.flatMap(({ key }) => textMarkers('document_key', key))
}
