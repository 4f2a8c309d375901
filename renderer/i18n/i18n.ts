import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { ko } from './ko.ts'
import { withParticles } from './particles.ts'

const PARTICLES = { type: 'postProcessor', name: 'particles', process: withParticles } as const

export type Locale = 'ko' | 'en'

/** Prepares the texts. Korean comes with the first script; another language is fetched when it is chosen. */
export function startI18n(): void {
  void i18next
    .use(initReactI18next)
    .use(PARTICLES)
    .init({
      lng: 'ko',
      fallbackLng: 'ko',
      resources: { ko },
      defaultNS: 'common',
      postProcess: [PARTICLES.name],
      initAsync: false,
      interpolation: { escapeValue: false }, // React escapes
      react: { useSuspense: false }
    })
}

/** Switches every text at once; `<html lang>` follows, so that a screen reader speaks the right language. */
export async function showLocale(locale: Locale): Promise<void> {
  if (locale === 'en' && !i18next.hasResourceBundle('en', 'common')) {
    const { en } = await import('./en.ts')
    for (const [area, texts] of Object.entries(en)) i18next.addResourceBundle('en', area, texts)
  }
  if (i18next.language !== locale) await i18next.changeLanguage(locale)
  document.documentElement.lang = locale
}
