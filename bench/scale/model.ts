import { FULL, bounds, copies, foundingPlan, machine, people, priceOf, services, voices } from './assumptions.ts'
import type { ServiceName } from './assumptions.ts'
import { costOfLoad } from './unit-costs.ts'
import type { Cost, Part, UnitCosts } from './unit-costs.ts'

const SECONDS_OF_HOUR = 3600
const GB = 1e9
/** A process's connections: the door's ten and three, the worker's twenty. */
const CONNECTIONS = { api: 13, worker: 20 }
/** Each deed is an entry in a queue; a line is one deed at its provider's queue. */
const TEMPORAL_BYTES_AN_EVENT = 400
const TEMPORAL_KEPT_DAYS = 3
const PAGES_BYTES = 700_000

/** What so many people bring in a month. */
export interface Load {
  episodes: number
  lines: number
  listenedMinutes: number
  libraryViews: number
}

export function loadOf(units: UnitCosts, users: number): Load {
  const episodes = users * people.makersShare * people.episodesPerMaker
  const secondsPerLine = units.perLine.soundSeconds
  const linesPerEpisode = (people.minutesPerEpisode * 60) / secondsPerLine + people.editedLinesPerEpisode
  return {
    episodes,
    lines: episodes * linesPerEpisode,
    listenedMinutes: episodes * people.listensPerEpisode * people.minutesPerEpisode * people.listenedShare,
    libraryViews: users * people.libraryViewsPerPerson,
  }
}

/** Cores that each part needs in the busiest hour, were it never to wait. */
export function coresOf(units: UnitCosts, load: Load): Record<Part, number> {
  const making = costOfLoad(units, load)
  const { perListenedMinute: listen, perLibraryView: view } = units
  const reading = (part: 'apiCpuMs' | 'databaseCpuMs') => load.listenedMinutes * listen[part] + load.libraryViews * view[part]
  const busy = (cpuMs: number) => (cpuMs * people.busiestHourShare) / SECONDS_OF_HOUR / 1000
  return {
    api: busy(making.apiCpuMs + reading('apiCpuMs')),
    database: busy(making.databaseCpuMs + reading('databaseCpuMs')),
    worker: busy(making.workerCpuMs),
    redis: busy(making.redisCpuMs),
    storage: busy(making.storageCpuMs),
    temporal: busy(making.temporalCpuMs),
  }
}

export interface Forecast {
  users: number
  load: Load
  /** In the busiest hour. */
  linesPerSecond: number
  callsInFlight: number
  apiProcesses: number
  workerProcesses: number
  machines: number
  cores: Record<Part, number>
  databaseGb: number
  objectGb: number
  cost: Cost
  usd: Record<ServiceName | 'machines', number>
  hostingUsd: number
  voicesUsd: number
  founding: string
}

/** What so many people need. Small numbers of them share one machine; from a thousand on nothing is alone any more. */
export function forecast(units: UnitCosts, users: number): Forecast {
  const load = loadOf(units, users)
  const cost = costOfLoad(units, load)
  const cores = coresOf(units, load)
  const linesPerSecond = (load.lines * people.busiestHourShare) / SECONDS_OF_HOUR
  const isSmall = users < copies.fromUsers
  // The door is one thread; a worker makes sound on all the cores of its machine.
  const apiProcesses = Math.max(isSmall ? 1 : copies.api, Math.ceil(cores.api / FULL))
  const workerProcesses = Math.max(isSmall ? 1 : copies.worker, Math.ceil(cores.worker / (FULL * machine.cores)))
  const machines = isSmall ? 1 : Math.ceil(apiProcesses / machine.cores) + workerProcesses + (copies.api - 1)
  const databaseGb = (cost.databaseBytes * people.keptMonths * BLOAT) / GB
  const objectGb = (cost.objectBytes * people.keptMonths) / GB
  const amounts: Record<ServiceName, number> = {
    database: databaseGb,
    databaseCores: Math.ceil(cores.database / FULL),
    redis: cost.redisCommands / 1e6,
    storage: objectGb,
    storageWrites: (2 * cost.objects) / 1e6,
    storageReads: (load.listenedMinutes * units.perListenedMinute.apiRequests + cost.objects) / 1e6,
    temporal: (cost.temporalEvents * TEMPORAL_BYTES_AN_EVENT * TEMPORAL_KEPT_DAYS) / 30 / GB,
    watching: users / 1000,
    web: (load.libraryViews * PAGES_BYTES) / 10 / GB,
    domain: 1,
  }
  const names = Object.keys(services) as ServiceName[]
  const usd = {
    ...(Object.fromEntries(names.map((name) => [name, priceOf(services[name], amounts[name])])) as Record<ServiceName, number>),
    machines: isSmall ? machine.usd / 2 : machines * machine.usd,
  }
  return {
    users,
    load,
    linesPerSecond,
    callsInFlight: linesPerSecond * units.lineCharacters * voices.secondsPerCharacter,
    apiProcesses,
    workerProcesses,
    machines,
    cores,
    databaseGb,
    objectGb,
    cost,
    usd,
    hostingUsd: Object.values(usd).reduce((sum, one) => sum + one, 0),
    voicesUsd: load.lines * units.lineCharacters * voices.usdPerCharacter + load.episodes * voices.usdPerScript,
    founding: foundingPlan.find(({ upToUsers }) => users <= upToUsers)!.usd,
  }
}

/** A table that is written and updated is about a third larger than its rows. */
const BLOAT = 1.35

export interface Bound {
  what: string
  /** Nothing more can be borne from so many users on. */
  users: number
  because: string
  remedy: string
}

/** Where it would break, the first first. Everything grows with the number of users, so one forecast tells where each end is. */
export function firstToBreak(units: UnitCosts): Bound[] {
  const users = 100_000
  const at = forecast(units, users)
  const per = (amount: number, most: number) => Math.floor((most / amount) * users)
  const connections = at.apiProcesses * CONNECTIONS.api + at.workerProcesses * CONNECTIONS.worker
  const stored = at.cost.objects * people.keptMonths
  const reconcileSeconds = (stored / 100_000) * units.reconcileSecondsPer100kObjects
  const gbitPerSecond =
    (at.load.listenedMinutes * people.busiestHourShare * units.perListenedMinute.bytes * 8) / SECONDS_OF_HOUR / 1e9
  const deedsPerSecond = ((at.cost.temporalEvents / 3) * people.busiestHourShare) / SECONDS_OF_HOUR
  const redisPerSecond = (at.cost.redisCommands * people.busiestHourShare) / SECONDS_OF_HOUR
  return [
    {
      what: 'calls at once that a plan of one provider bears',
      users: per(at.callsInFlight, voices.callsAtOnce),
      because: `${voices.callsAtOnce} calls at once; a line takes ${(units.lineCharacters * voices.secondsPerCharacter).toFixed(1)} s there`,
      remedy:
        'a contract for more calls, several providers side by side (their queues are apart already), the neural voice on machines of its own; until then lines wait in their queue, in turns',
    },
    {
      what: 'connections of the database',
      users: per(connections, bounds.databaseConnections),
      because: `${bounds.databaseConnections} connections; a door holds ${CONNECTIONS.api}, a worker ${CONNECTIONS.worker}`,
      remedy:
        'a server with room for more, at some megabytes each, and the copy for lists; a pooled address in session mode only, for a connection knows for whom it asks (decision 41)',
    },
    {
      what: 'the nightly look at the whole store',
      users: per(reconcileSeconds, bounds.nightSeconds),
      because: `${units.reconcileSecondsPer100kObjects.toFixed(1)} s for 100,000 objects, ${(stored / users).toFixed(0)} objects a user in a year, a night of 8 h`,
      remedy: 'a part of the bucket a night, by the first letter of the key; or the inventory that the store itself writes',
    },
    {
      what: 'cores of the one database that writes',
      users: per(at.cores.database, bounds.databaseCores * FULL),
      because: `${bounds.databaseCores} cores, ${(FULL * 100).toFixed(0)} % used`,
      remedy:
        'the copy for lists and reports, then the ledger and the lines of old episodes partitioned by month, then users over several databases',
    },
    {
      what: 'size of the database',
      users: per(at.databaseGb, bounds.databaseGb),
      because: `${bounds.databaseGb} GB`,
      remedy: 'lines, calls and movements of old months into partitions, and those into the object store',
    },
    {
      what: 'deeds a second of one queue of Temporal',
      users: per(deedsPerSecond, bounds.deedsPerSecondOfAQueue),
      because: `${bounds.deedsPerSecondOfAQueue} deeds a second of a queue with one partition`,
      remedy:
        'more partitions (turns between users become rough), or the queue of quick deeds split by the last letter of the user',
    },
    {
      what: 'sound that goes through the doors',
      users: per(gbitPerSecond, bounds.apiGbitPerSecond * 4),
      because: `four machines of ${bounds.apiGbitPerSecond} Gbit/s; ${units.perListenedMinute.apiRequests.toFixed(0)} requests a minute of listening`,
      remedy: 'segments of finished episodes straight from the CDN: they are ranges of an object that never changes',
    },
    {
      what: 'commands a second of one Redis',
      users: per(redisPerSecond, bounds.redisCommandsPerSecond),
      because: `${bounds.redisCommandsPerSecond} commands a second`,
      remedy: 'a cluster: the keys of a provider lie in one slot each already',
    },
  ].toSorted((a, b) => a.users - b.users)
}
