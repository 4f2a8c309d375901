const SHORT: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  PageUp: 'PgUp',
  PageDown: 'PgDn'
}

/** `Alt+ArrowLeft` as it is printed: `Alt+←`. */
export const keyName = (keys: string): string =>
  keys
    .split('+')
    .map((part) => SHORT[part] ?? part)
    .join('+')
