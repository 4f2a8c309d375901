import { formatPhone, phoneParts } from '#shared/domain/case/phone.ts'

/** `010-1234-56` while typing: the groups as far as they go. A whole number gets its own shape. */
export function formatPhoneTyping(digits: string): string {
  if (phoneParts(digits) !== null) return formatPhone(digits)
  if (/^1[5-8]/.test(digits)) return groups(digits, [4, 4])
  if (digits.startsWith('02')) return groups(digits, [2, 4, 4])
  if (/^050/.test(digits)) return groups(digits, [4, 4, 4])
  return groups(digits, [3, 4, 4])
}

function groups(digits: string, sizes: readonly number[]): string {
  const parts: string[] = []
  let from = 0
  for (const size of sizes) {
    if (from < digits.length) parts.push(digits.slice(from, from + size))
    from += size
  }
  return parts.join('-') + digits.slice(from)
}
