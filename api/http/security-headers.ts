import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import helmet from 'helmet'
import type { ApiSettings } from '../env.ts'
import type { Passage } from './arrival.ts'

type Settings = Pick<ApiSettings, 'S3_ENDPOINT' | 'CDN_URL' | 'PUBLIC_URL' | 'VITE_SENTRY_DSN' | 'CORS_ORIGINS'>

const YEAR_SECONDS = 31_536_000
/** What no page of ours uses. */
const PERMISSIONS = 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()'

/**
 * What a browser may do with our pages: only what comes from here, sound from the store, and in nobody's frame. The embed player alone may be
 * framed by anybody. The console's library of components writes style elements, so there inline styles are let in; scripts never are.
 */
export function securityHeaders(settings: Settings): Passage {
  const pages = headersOf(settings, { styles: ["'self'"], frames: ["'none'"] })
  const console = headersOf(settings, { styles: ["'self'", "'unsafe-inline'"], frames: ["'none'"] })
  const embed = headersOf(settings, { styles: ["'self'"], frames: ['*'] })
  const data = dataHeaders(settings)
  return ({ pathname: path, head }, _res, next) => {
    // What is told to one person is nobody else's; a route whose answer may be kept says so itself.
    if (/^\/(api|feeds)\//i.test(path)) head.appendHeader('cache-control', 'no-store')
    head.append(kindOf(path))
    next()
  }

  function kindOf(path: string) {
    // Routes take paths of either case.
    if (/^\/api\//i.test(path)) return data
    if (path.startsWith('/embed/')) return embed
    return /^\/admin(\/|$)/.test(path) ? console : pages
  }
}

function headersOf(
  { S3_ENDPOINT, CDN_URL, PUBLIC_URL, VITE_SENTRY_DSN, CORS_ORIGINS }: Settings,
  { styles, frames }: { styles: string[]; frames: string[] },
) {
  const media = ["'self'", 'blob:', new URL(S3_ENDPOINT).origin, ...(CDN_URL ? [new URL(CDN_URL).origin] : [])]
  const set = helmet({
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: styles,
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        mediaSrc: media,
        connectSrc: ["'self'", ...media.slice(2), ...(VITE_SENTRY_DSN ? [new URL(VITE_SENTRY_DSN).origin] : [])],
        workerSrc: ["'self'", 'blob:'],
        frameAncestors: frames,
        upgradeInsecureRequests: isSecure(PUBLIC_URL) ? [] : null,
      },
    },
    xFrameOptions: frames.includes('*') ? false : { action: 'deny' },
    ...everywhere({ PUBLIC_URL, CORS_ORIGINS }),
  })
  return [...headersSetBy(set), 'permissions-policy', PERMISSIONS]
}

/** What is no page loads nothing at all, and needs none of the headers that are about pages. */
function dataHeaders(settings: Settings) {
  const none = ["'none'"]
  const set = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: none, baseUri: none, formAction: none, frameAncestors: none },
    },
    xFrameOptions: { action: 'deny' },
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
    ...everywhere(settings),
  })
  return [...headersSetBy(set), 'permissions-policy', PERMISSIONS]
}

const isSecure = (url: string) => url.startsWith('https:')

const everywhere = ({ PUBLIC_URL, CORS_ORIGINS }: Pick<Settings, 'PUBLIC_URL' | 'CORS_ORIGINS'>) =>
  ({
    strictTransportSecurity: isSecure(PUBLIC_URL) && { maxAge: YEAR_SECONDS, includeSubDomains: true },
    // A web app on a host of its own shows covers and plays sound from here.
    crossOriginResourcePolicy: { policy: CORS_ORIGINS.length > 0 ? 'same-site' : 'same-origin' },
  }) as const

/** None of them depends on the request, so the library is asked once and not for every answer. */
function headersSetBy(set: ReturnType<typeof helmet>): string[] {
  const req = new IncomingMessage(new Socket())
  const res = new ServerResponse(req)
  set(req, res, (error) => {
    if (error) throw error
  })
  return Object.entries(res.getHeaders()).flatMap(([name, value]) => [name, String(value)])
}
