import type { Case } from '#shared/domain/case/case.ts'
import { readField, withField } from '#shared/domain/case/case-fields.ts'
import { closedFields } from './standing-consent.ts'

/**
 * The case without what rested on a consent that was withdrawn: what every list, search, screen, index and file is made of.
 * The values themselves stay sealed in the case until a destruction batch has taken them (개인정보 보호법 37조 5항).
 */
export function withoutClosed(subject: Case): Case {
  const closed = closedFields(subject.consents)
  if (closed.length === 0) return subject
  return closed.reduce(
    (open, field) => (readField(open, field) === null ? open : withField(open, field, null)),
    subject
  )
}
