import { z } from 'zod'

/** So many requests in so many seconds. */
export interface Quota {
  requests: number
  seconds: number
}

/** `100/60`: a hundred in a minute. */
const quota = (requests: number, seconds: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,8}\/[1-9]\d{0,5}$/, 'requests/seconds, such as 100/60')
    .default(`${requests}/${seconds}`)
    .transform((text): Quota => {
      const [count, time] = text.split('/').map(Number)
      return { requests: count!, seconds: time! }
    })

/** Express' own words: how many proxies stand in front, or whose addresses they have. Never `true`, which believes whatever is sent. */
const proxies = z
  .string()
  .default('')
  .transform((text, context): number | string[] => {
    if (/^\d$/.test(text)) return Number(text)
    const list = text
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean)
    if (list.some((one) => !/^(loopback|linklocal|uniquelocal|[\da-f.:]+(\/\d{1,3})?)$/i.test(one)))
      context.addIssue({ code: 'custom', message: 'a number of proxies, or their addresses with commas between' })
    return list.length > 0 ? list : 0
  })

const count = (fallback: number) => z.coerce.number().int().min(1).default(fallback)

/** How much anybody may ask of the door. */
export const limitSettings = {
  TRUSTED_PROXIES: proxies,
  RATE_LIMIT_ADDRESS: quota(100, 60),
  RATE_LIMIT_USER: quota(100, 60),
  RATE_LIMIT_KEY: quota(100, 60),
  RATE_LIMIT_SIGN_IN: quota(10, 60),
  RATE_LIMIT_REGISTER: quota(10, 60),
  RATE_LIMIT_RESET: quota(5, 60),
  RATE_LIMIT_CREATE: quota(30, 60),
  RATE_LIMIT_UPLOAD: quota(30, 60),
  /** Every number of requests above times this: for tests and benchmarks, which all come from one address. */
  RATE_LIMIT_SCALE: count(1),
  /** Requests in the making on this process; whoever comes on top is sent away with 503 at once. */
  MAX_REQUESTS: count(500),
  /** Listeners to events on this process. */
  MAX_LISTENERS: count(2000),
  /** And of one person: pages they have open. */
  MAX_LISTENERS_EACH: count(50),
  /** So often it is asked whether a listener may still listen: their session may have ended, or the key been revoked. */
  LISTENER_RECHECK_SECONDS: count(60),
  /** So often a listener is told that the line lives: less than the idle time of what stands between. */
  LISTENER_HEARTBEAT_SECONDS: count(15),
  /** So long a listener may leave unread what they were told, before they are cut. */
  LISTENER_PATIENCE_SECONDS: count(30),
  /** Open connections of this process; further ones are closed at once. */
  MAX_CONNECTIONS: count(5000),
  /** Password hashes made at once; each takes 19 MiB and a core. */
  MAX_PASSWORD_HASHES: count(2),
}

export const limitNames = ['address', 'user', 'key', 'sign-in', 'register', 'reset', 'create', 'upload'] as const
export type LimitName = (typeof limitNames)[number]

/** The quota of each limit, as the settings have them. */
export function quotasOf(settings: z.output<z.ZodObject<typeof limitSettings>>): Record<LimitName, Quota> {
  const scaled = ({ requests, seconds }: Quota): Quota => ({ requests: requests * settings.RATE_LIMIT_SCALE, seconds })
  return {
    address: scaled(settings.RATE_LIMIT_ADDRESS),
    user: scaled(settings.RATE_LIMIT_USER),
    key: scaled(settings.RATE_LIMIT_KEY),
    'sign-in': scaled(settings.RATE_LIMIT_SIGN_IN),
    register: scaled(settings.RATE_LIMIT_REGISTER),
    reset: scaled(settings.RATE_LIMIT_RESET),
    create: scaled(settings.RATE_LIMIT_CREATE),
    upload: scaled(settings.RATE_LIMIT_UPLOAD),
  }
}
