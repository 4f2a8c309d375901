/** Works of others that the desk is made of. A test holds the list against the packages. */
export const LICENCES: readonly { readonly name: string; readonly licence: string }[] = [
  { name: '@hyunbinseo/holidays-kr', licence: 'MIT' },
  { name: 'better-sqlite3-multiple-ciphers', licence: 'MIT' },
  { name: 'electron', licence: 'MIT' },
  { name: 'es-hangul', licence: 'MIT' },
  { name: 'hucre', licence: 'MIT' },
  { name: 'i18next', licence: 'MIT' },
  { name: 'pretendard-gov', licence: 'OFL-1.1' },
  { name: 'react', licence: 'MIT' },
  { name: 'react-aria-components', licence: 'Apache-2.0' },
  { name: 'react-dom', licence: 'MIT' },
  { name: 'react-i18next', licence: 'MIT' },
  { name: 'sodium-native', licence: 'MIT' },
  { name: 'uuid', licence: 'MIT' },
  { name: 'zod', licence: 'MIT' },
  { name: 'zustand', licence: 'MIT' }
]
