/** What can be wrong with a field although it fits the schema. Each is a key of `fieldProblem.*` in the locale files. */
export const FIELD_PROBLEMS = [
  'rrnLength', // not 13 digits
  'rrnDate', // the first seven digits name no day that exists
  'birthInFuture',
  'birthDateMismatch', // the birth date is not the one in the registration number
  'sexMismatch', // the sex is not the one in the registration number
  'registrationNoTwice', // the same number stands for two people
  'phone', // no Korean number has these digits
  'bankUnknown',
  'accountNumber',
  'dongNotInDistrict',
  'consentUnknown' // an answer to something that the named policy version does not ask
] as const
export type FieldProblem = (typeof FIELD_PROBLEMS)[number]
