// What people do, and what services cost. Nothing here is measured: each figure says where it comes from, and changing one is how to ask "what if".

/** What a registered person does in a month. */
export const people = {
  /** One in five makes something in a month; the others listen. Usual for tools of this kind. */
  makersShare: 0.2,
  episodesPerMaker: 4,
  minutesPerEpisode: 10,
  /** Lines of a finished episode that are changed and voiced again. */
  editedLinesPerEpisode: 2,
  /** Each episode is heard so often, and so far. */
  listensPerEpisode: 10,
  listenedShare: 0.6,
  libraryViewsPerPerson: 20,
  /** Of a month's load in its busiest hour: a day is a twentieth of it, the evening's hour a tenth of the day. */
  busiestHourShare: 1 / 200,
  /** How long everything is kept. */
  keptMonths: 12,
} as const

/** What a provider of voices takes and asks. */
export const voices = {
  /** From the request to the last byte: about a second for twenty characters of Mandarin. An assumption: it cannot be measured without a key. */
  secondsPerCharacter: 0.05,
  /** The founding plan's first price of OpenAI's speech. */
  usdPerCharacter: 0.000015,
  /** Calls at once that a paid plan bears: ElevenLabs' largest self-service plan (15). OpenAI counts calls a minute instead. */
  callsAtOnce: 15,
  /** A script is written by a model for a cent or less; most of what is paid is speech. */
  usdPerScript: 0.005,
} as const

/** How full a machine is in its busiest hour: above it people wait. */
export const FULL = 0.6

/** What the smallest of several is, so that one may die. */
export const copies = { api: 2, worker: 2, fromUsers: 1000 } as const

/** A general-purpose machine of a cloud by the month: two cores and 4 GB. A rounded figure of public price lists. */
export const machine = { cores: 2, memoryMb: 4096, usd: 24 } as const

/** A step of a service: up to what size it serves, at what price; the last goes on at `usdPerMore` for each unit above. */
interface Step {
  upTo: number
  usd: number
}
export interface Service {
  unit: string
  steps: Step[]
  usdPerMore: number
  from: string
}

/** Free tiers and first steps are the founding plan's; what comes above them are rounded public prices, not contracts. */
export const services = {
  database: {
    unit: 'GB of database',
    steps: [
      { upTo: 0.5, usd: 0 },
      { upTo: 8, usd: 25 },
    ],
    usdPerMore: 0.125,
    from: 'Supabase: 500 MB free, $25 with 8 GB, $0.125 a GB more',
  },
  databaseCores: {
    unit: 'cores of the database',
    steps: [{ upTo: 1, usd: 0 }],
    usdPerMore: 55,
    from: 'Supabase compute: about $55 a dedicated core',
  },
  redis: {
    unit: 'million commands a month',
    steps: [
      { upTo: 0.3, usd: 0 },
      { upTo: 50, usd: 10 },
    ],
    usdPerMore: 0.2,
    from: 'Upstash: 10,000 a day free, $10 fixed, $0.20 a million above',
  },
  storage: {
    unit: 'GB of objects',
    steps: [{ upTo: 10, usd: 0 }],
    usdPerMore: 0.015,
    from: 'R2: 10 GB free, $0.015 a GB, no egress fee',
  },
  storageWrites: {
    unit: 'million writes of objects',
    steps: [{ upTo: 1, usd: 0 }],
    usdPerMore: 4.5,
    from: 'R2 class A: a million free, $4.50 a million',
  },
  storageReads: {
    unit: 'million reads of objects',
    steps: [{ upTo: 10, usd: 0 }],
    usdPerMore: 0.36,
    from: 'R2 class B: ten million free, $0.36 a million',
  },
  temporal: {
    unit: 'GB of Temporal on a machine of our own',
    steps: [
      { upTo: 0.5, usd: 5 },
      { upTo: 20, usd: machine.usd },
    ],
    usdPerMore: 0.25,
    from: 'self-hosted on Railway or a machine; its history is kept three days',
  },
  watching: {
    unit: 'thousand users watched',
    steps: [
      { upTo: 1, usd: 0 },
      { upTo: 5, usd: 30 },
    ],
    usdPerMore: 1,
    from: 'Sentry and Axiom: free, then $30 as in the founding plan, then by volume',
  },
  web: {
    unit: 'GB of pages',
    steps: [
      { upTo: 100, usd: 0 },
      { upTo: 1000, usd: 20 },
    ],
    usdPerMore: 0.15,
    from: 'Vercel: 100 GB free, $20 with 1 TB',
  },
  domain: { unit: 'domain', steps: [{ upTo: 1, usd: 1 }], usdPerMore: 0, from: '$10-15 a year' },
} as const satisfies Record<string, Service>

export type ServiceName = keyof typeof services

export function priceOf({ steps, usdPerMore }: Service, amount: number): number {
  const step = steps.find(({ upTo }) => amount <= upTo)
  if (step) return step.usd
  const last = steps.at(-1)!
  return last.usd + (amount - last.upTo) * usdPerMore
}

/** What the founding plan said it would cost: hosting alone, without what voices and models are paid. */
export const foundingPlan: { upToUsers: number; stage: string; usd: string }[] = [
  { upToUsers: 100, stage: 'beta', usd: '0-20' },
  { upToUsers: 1_000, stage: 'launch', usd: '50-100' },
  { upToUsers: 5_000, stage: 'growth', usd: '200-500' },
  { upToUsers: Number.POSITIVE_INFINITY, stage: 'scale', usd: '500+' },
]

/** What can bear no more at some point, and what to do then. */
export const bounds = {
  /** A Postgres takes a few hundred connections well; a process holds 13 or 20. */
  databaseConnections: 300,
  databaseCores: 32,
  databaseGb: 4_000,
  /** A queue is served by one partition of the server, so that users take turns: about so many deeds a second. */
  deedsPerSecondOfAQueue: 300,
  /** A look at the whole store must end in a night. */
  nightSeconds: 8 * 3600,
  /** One machine's network. */
  apiGbitPerSecond: 1,
  redisCommandsPerSecond: 50_000,
} as const
