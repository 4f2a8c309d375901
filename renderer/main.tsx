import './design-system/fonts.css'
import './design-system/tokens.css'
import './design-system/base.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { startI18n } from './i18n/i18n.ts'
import { startClock } from './view-state/clock.ts'
import { startDesk } from './view-state/desk.ts'
import { startHandOver } from './view-state/hand-over.ts'
import { startKeymap } from './view-state/keymap.ts'

startHandOver()
// The page may not make code out of texts: zod must not try, or the browser reports a break of its policy. Said without
// importing zod, which is not needed for the first screen.
window.__zod_globalConfig = Object.assign(window.__zod_globalConfig ?? {}, { jitless: true })

startDesk()
startI18n()
startClock()
startKeymap()

const place = document.getElementById('root')
if (!place) throw new Error('the page has no place for the window')
createRoot(place).render(<App />)
requestAnimationFrame(() => requestAnimationFrame(() => window.desk.markReady('first-paint')))
