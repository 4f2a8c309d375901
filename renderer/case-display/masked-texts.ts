import { formatPhone } from '#shared/domain/case/phone.ts'
import { formatRrn } from '#shared/domain/case/rrn.ts'

/** Texts of values that may come masked from the store: what holds an asterisk is shown as it came. */

const isMasked = (text: string): boolean => text.includes('*')

export const phoneText = (phone: string): string => (isMasked(phone) ? phone : formatPhone(phone))

export const registrationNoText = (registrationNo: string): string =>
  isMasked(registrationNo) ? registrationNo : formatRrn(registrationNo)
