import type { ConsentRequest } from '#shared/domain/policy/consents-to-ask.ts'

/**
 * A notice as the one text that its hash is taken of: every word that the person was shown, in a fixed order. Its SHA-256
 * stands in the register (`noticeHash`) and in each record, so that no word of a notice changes unnoticed once it was shown.
 */
export function noticeText({ id, kind, policyId, notice }: Omit<ConsentRequest, 'noticeHash'>): string {
  const { recipient, purpose, items, retention, refusal } = notice
  return [
    policyId,
    id,
    kind,
    recipient === null ? '' : `${recipient.id} ${recipient.name}`,
    purpose,
    ...items.map((item) => `${item.id} ${item.subject} ${item.name}`),
    retention,
    refusal.right,
    refusal.consequence
  ].join('\n')
}
