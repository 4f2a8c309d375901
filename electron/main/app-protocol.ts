import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { app, protocol } from 'electron'
import { isOfOrigin } from './own-origin.ts'

export const APP_SCHEME = 'app'
const HOST = 'desk'
const pagesDir = join(import.meta.dirname, '../renderer')

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png'
}

/** Nothing from anywhere but the app itself, no inline script or style, no frame, no form target. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join('; ')

const devServer = (): string | undefined => (app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL)

export const pageUrl = (page: string): string => `${devServer() ?? `${APP_SCHEME}://${HOST}`}/${page}`

export const isOwnPage = (url: string): boolean => isOfOrigin(pageUrl(''), url)

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }
  ])
}

export function serveAppPages(): void {
  protocol.handle(APP_SCHEME, async (request) => {
    const url = new URL(request.url)
    const file = normalize(join(pagesDir, decodeURIComponent(url.pathname)))
    const contentType = CONTENT_TYPES[extname(file)]
    if (url.host !== HOST || !file.startsWith(pagesDir + sep) || !contentType) return notFound()
    try {
      return new Response(await readFile(file), { headers: headersFor(contentType) })
    } catch {
      return notFound()
    }
  })
}

const notFound = () => new Response(null, { status: 404 })

const headersFor = (contentType: string): Record<string, string> => ({
  'content-type': contentType,
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer'
})
