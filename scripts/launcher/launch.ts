import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { allowBrowsers } from '../servers/buckets.ts'
import { findPrograms } from '../servers/programs.ts'
import { ensureSharedLibraries } from '../servers/shared-libraries.ts'
import { servers } from '../servers/table.ts'
import { buildScreen, generateClient, screens } from './build.ts'
import { contentHash, isMarked } from './content-hash.ts'
import { databaseUrls, ensureDatabase, hasNoEpisodes, missingMigrations } from './database.ts'
import { buckets, settingsFor } from './environment.ts'
import { bringNeuralVoice, isNeuralVoiceHere, isNeuralVoiceWanted, neuralVoiceFolder } from './neural-voice.ts'
import { prismaCommand } from './prisma-command.ts'
import { PortBook } from './ports.ts'
import { startReplica } from './replica.ts'
import { run, withOwnNode } from './run-program.ts'
import { makeSamples } from './samples.ts'
import { describeRun } from './run-file.ts'
import { devScreen, fakeProviders, mailCatcher, ownPrograms, startProgram } from './start-programs.ts'
import { contextOf, portName, startServer } from './start-servers.ts'
import { Steps, say } from './steps.ts'
import { keptSecrets } from './secrets.ts'
import type { Settings } from './environment.ts'
import type { Options } from './options.ts'
import type { RunFile } from './run-file.ts'
import type { Program } from './start-programs.ts'
import type { Surroundings } from './start-servers.ts'
import type { Supervisor } from './supervisor.ts'
import type { Programs } from '../servers/programs.ts'
import type { Server } from '../servers/server.ts'

export type Launch = {
  checkout: string
  dataDirectory: string
  cache: string
  options: Options
  supervisor: Supervisor
  signal: AbortSignal
  onDeath: (error: Error) => void
}

type Workplace = Launch & { steps: Steps; around: Surroundings; ours: Server[]; book: PortBook }

/**
 * Brings everything up and describes what runs. Throws when `signal` fires or a step fails; what was started by then is in the supervisor.
 * Starting on a folder that was used before changes nothing in it but what is new.
 */
export async function launch(order: Launch): Promise<RunFile> {
  const { options, signal } = order
  const place = await preparePlace(order)
  const { steps, ours, around, book } = place
  reportGiven(place)
  const screensBuilt = servesScreens(options) && !options.dev ? inBackground(prepareScreens(place), order) : Promise.resolve()
  const clientMade = inBackground(
    steps.run('database client', () => generateClient(order.checkout, signal)),
    order,
  )
  const programs = await bringPrograms(place)
  const settings = {
    ...settingsFor({
      env: process.env,
      ports: book.ports,
      secrets: around.secrets,
      database: book.ports.postgres ? databaseUrls(book.ports, around.secrets) : undefined,
      ffmpeg: programs.ffmpeg,
      postgres: programs.postgres,
      dev: options.dev,
    }),
    NEURAL_VOICE_DIR: neuralVoiceFolder(order.cache),
  }
  await allOrFirstError([...ours.map((server) => bringServer(server, programs, settings, place)), clientMade])
  const isEmpty = await prepareDatabase(place, settings)
  if (options.replica) await bringReplica(place, programs)
  await bringOwnPrograms(place, settings, screensBuilt)
  book.remember()
  const mayMakeSamples = options.samples && !options.without.has('api') && !options.without.has('worker')
  const wantsSamples = isEmpty && mayMakeSamples
  const isVoiceHere = isNeuralVoiceHere(order.cache)
  if (wantsSamples && !isVoiceHere) {
    steps.expectMore(1)
    await steps.run('sample episodes', (news) => makeSamples(settings, news, signal))
  }
  say(`everything is ready after ${steps.elapsed()}`)
  if (isNeuralVoiceWanted() && !options.without.has('api') && !options.without.has('worker')) {
    const samples = wantsSamples ? (isVoiceHere ? 'first' : 'again') : 'none'
    void bringNeuralVoice({ cache: order.cache, settings, samples, signal })
  }
  return describeRun(
    settings,
    { launcher: process.pid, ...order.supervisor.pids() },
    options.dev ? { web: book.ports.web!, admin: book.ports.admin! } : undefined,
  )
}

/** Mails are caught where no mail server is named, and somebody could want one. */
const catchesMail = ({ without }: Options) => !process.env.SMTP_URL && !(without.has('api') && without.has('worker'))

/** The API serves the built screens; without it nobody would. */
const servesScreens = ({ without }: Options) => !without.has('web') && !without.has('api')

/** Lets `work` go on by itself; when it fails the start ends at once, whatever else is being waited for. */
function inBackground(work: Promise<void>, { onDeath }: Launch): Promise<void> {
  work.catch(onDeath)
  return work
}

/** Waits for all, but not a moment longer than until the first fails; no later failure is lost as unhandled. */
async function allOrFirstError(works: Promise<void>[]): Promise<void> {
  for (const work of works) work.catch(() => {})
  await Promise.all(works)
}

async function preparePlace(order: Launch): Promise<Workplace> {
  const { dataDirectory, options, supervisor, signal, onDeath } = order
  const ours = servers.filter(({ addressVariable }) => !process.env[addressVariable])
  const book = new PortBook(dataDirectory, (purpose, port, holder, instead) =>
    say(`port ${port} for ${purpose} is taken${holder ? ` by ${holder}` : ''}: using ${instead}`),
  )
  await book.choose('api', 8000, { asked: Number(process.env.PORT) || undefined })
  await book.choose('workerHealth', 8090, { asked: Number(process.env.WORKER_HEALTH_PORT) || undefined })
  await book.choose('metrics', 9091, { asked: Number(process.env.METRICS_PORT) || undefined })
  await book.choose('workerMetrics', 9092, { asked: Number(process.env.WORKER_METRICS_PORT) || undefined })
  for (const server of ours)
    for (const [purpose, first] of Object.entries(server.ports))
      await book.choose(portName(server, purpose), first, { isUsable: server.isUsablePort })
  if (options.replica) await book.choose('replica', 15433)
  if (catchesMail(options)) {
    await book.choose('mail', 8025)
    await book.choose('mailSmtp', 1025)
  }
  if (options.fake) await book.choose('fakeProviders', 8095)
  if (options.dev)
    for (const [name, first] of [
      ['web', 5173],
      ['admin', 5174],
    ] as const)
      await book.choose(name, first)
  const bucketNames = [process.env.S3_BUCKET || buckets.audio, process.env.BACKUP_BUCKET || buckets.backups]
  const around = { dataDirectory, book, supervisor, signal, onDeath, secrets: keptSecrets(dataDirectory), buckets: bucketNames }
  const running = ['api', 'worker'].filter((name) => !options.without.has(name)).length
  const screenSteps = servesScreens(options) ? screens.length : 0
  return {
    ...order,
    ours,
    book,
    around,
    steps: new Steps(
      2 + ours.length + 2 + running + screenSteps + Number(options.fake) + Number(options.replica) + Number(catchesMail(options)),
      signal,
    ),
  }
}

function reportGiven({ ours }: Workplace): void {
  for (const { title, addressVariable, name } of servers) {
    if (!ours.some((server) => server.name === name)) say(`${title.split(' ')[0]}: the one that ${addressVariable} names is used`)
  }
}

function prepareScreens({ checkout, steps, signal }: Workplace): Promise<void> {
  return allOrFirstError(screens.map((screen) => steps.run(`screen ${screen.name}`, () => buildScreen(checkout, screen, signal))))
}

async function bringPrograms({ steps, ours, cache, signal }: Workplace): Promise<Programs> {
  let programs: Programs = {}
  await steps.run(`programs in ${cache}`, async (news) => {
    programs = await findPrograms(ours, { cache, news, signal })
    if (programs.postgres) await ensureSharedLibraries(programs.postgres, news)
    const speech =
      process.env.ESPEAK_PATH ||
      (await run('espeak-ng', ['--version']).then(
        () => 'espeak-ng of this machine',
        () => 'espeak-ng from npm',
      ))
    return `${ours.length} servers, ffmpeg; speech by ${speech}`
  })
  return programs
}

async function bringServer(server: Server, programs: Programs, settings: Settings, { steps, around }: Workplace): Promise<void> {
  await steps.run(
    `${server.title} on 127.0.0.1:${Object.entries(server.ports).map(([purpose]) => around.book.ports[portName(server, purpose)])[0]}`,
    async () => {
      await startServer(server, contextOf(server, programs[server.name]!, around), around)
      if (server.name === 'postgres') await ensureDatabase(around.book.ports.postgres!, around.secrets)
      if (server.name === 'seaweedfs') {
        const address = {
          endpoint: settings.S3_ENDPOINT!,
          accessKey: settings.S3_ACCESS_KEY!,
          secretKey: settings.S3_SECRET_KEY!,
        }
        await allowBrowsers(address, settings.S3_BUCKET!, settings.CORS_ORIGINS!.split(','))
      }
    },
  )
}

/** Migrates and seeds; true when no episode was ever made in this database. */
async function prepareDatabase({ checkout, dataDirectory, steps, signal }: Workplace, settings: Settings): Promise<boolean> {
  const ownerUrl = settings.DATABASE_OWNER_URL ?? settings.DATABASE_URL!
  const { DEMO_EMAIL, DEMO_PASSWORD, ADMIN_EMAIL, ADMIN_PASSWORD } = settings
  const seeds = contentHash(
    checkout,
    ['prisma/seed.ts', 'prisma/catalogue.ts', 'prisma/neural-catalogue.ts', 'prisma/paid-catalogue.ts', 'prisma/migrations'],
    JSON.stringify([ownerUrl, DEMO_EMAIL, DEMO_PASSWORD, ADMIN_EMAIL, ADMIN_PASSWORD]),
  )
  let wasMigrated = false
  await steps.run('database schema', async () => {
    const missing = await missingMigrations(ownerUrl, join(checkout, 'prisma/migrations'))
    if (!missing.length) return 'up to date'
    const { command, args, env } = prismaCommand(checkout, ['migrate', 'deploy'], {
      ...process.env,
      DATABASE_OWNER_URL: ownerUrl,
    })
    await run(command, args, { cwd: checkout, env, signal })
    wasMigrated = true
    return `${missing.length} migrations applied`
  })
  await steps.run('database seed', async () => {
    const marker = join(dataDirectory, 'seeded-with.txt')
    if (!wasMigrated && isMarked(marker, seeds)) return 'up to date'
    await run(process.execPath, ['prisma/seed.ts'], {
      cwd: checkout,
      env: withOwnNode({ ...process.env, ...settings, DATABASE_OWNER_URL: ownerUrl }),
      signal,
    })
    writeFileSync(marker, seeds)
    return 'done'
  })
  return hasNoEpisodes(ownerUrl)
}

/** After the migrations: so the copy has every table from its first moment. */
async function bringReplica({ steps, around, ours }: Workplace, programs: Programs): Promise<void> {
  const postgres = ours.find(({ name }) => name === 'postgres')!
  await steps.run(`replica on 127.0.0.1:${around.book.ports.replica}`, () =>
    startReplica(contextOf(postgres, programs.postgres!, around), around),
  )
}

/** Starts API and worker side by side; the API looks for the screens when it starts, so it waits for them. */
async function bringOwnPrograms(place: Workplace, settings: Settings, screensBuilt: Promise<void>): Promise<void> {
  const { options, steps, book } = place
  const start = async (program: Program) => {
    if (program.name === 'api') await screensBuilt
    await steps.run(`${program.name} on 127.0.0.1:${book.ports[program.port]}`, () =>
      startProgram(program, { ...place, settings }),
    )
  }
  const all = Object.values(ownPrograms(options.dev))
  // Whoever leaves one out starts it on this port themselves.
  await book.release(
    all.filter(({ name }) => options.without.has(name)).flatMap(({ port, morePorts = [] }) => [port, ...morePorts]),
  )
  const programs = all.filter(({ name }) => !options.without.has(name))
  const devScreens =
    options.dev && servesScreens(options) ? (['web', 'admin'] as const).map((name) => devScreen(name, book.ports[name]!)) : []
  const fake = options.fake ? [fakeProviders(book.ports.fakeProviders!)] : []
  const mail = catchesMail(options) ? [mailCatcher({ smtp: book.ports.mailSmtp!, web: book.ports.mail! })] : []
  await allOrFirstError([...fake, ...mail, ...programs, ...devScreens].map(start))
}
