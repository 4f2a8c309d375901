/** Full months from a birth day to a day: 만 나이 in months, as the services for small children count. */
export function ageInMonths(birthDate: string, today: string): number {
  const [birthYear = 0, birthMonth = 0, birthDay = 0] = birthDate.split('-').map(Number)
  const [year = 0, month = 0, day = 0] = today.split('-').map(Number)
  const months = (year - birthYear) * 12 + month - birthMonth
  return day < birthDay && !isMonthEnd(today) ? months - 1 : months
}

/** A month without the day of birth ends the month of age (민법 160조 3항). */
function isMonthEnd(day: string): boolean {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000)
  return next.getUTCDate() === 1
}
