const KINDS = [/\p{L}/u, /\d/, /[^\p{L}\d\s]/u] as const
const FEWEST = 9

/** What the centre asks of a new password: nine characters or more, letters, digits and others. */
export const isStrongPassword = (text: string): boolean =>
  text.length >= FEWEST && KINDS.every((kind) => kind.test(text))
