import { createServer } from 'node:http'
import { availableParallelism } from 'node:os'
import { Client } from '@temporalio/client'
import { loadClientConnectConfig } from '@temporalio/envconfig'
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import type { WorkerOptions } from '@temporalio/worker'
import { createDatabase } from '../prisma/client.ts'
import { epochFence } from '../prisma/epoch-fence.ts'
import { planCrashes } from '../shared/crash-points.ts'
import { createLogger } from '../shared/logger.ts'
import { neuralVoiceTold, tellNeuralVoice } from '../shared/neural-presence.ts'
import { ObjectStore } from '../shared/object-store.ts'
import { scriptModelOn } from '../shared/providers.ts'
import { createRedis } from '../shared/redis.ts'
import { createSafeFetch } from '../shared/safe-fetch/safe-fetch.ts'
import { testServersOf } from '../shared/safe-fetch/settings.ts'
import { sweepTempFolders } from '../shared/temp-folder.ts'
import { databaseConnectionFailed } from '../shared/watching/database-errors.ts'
import { startErrorReports } from '../shared/watching/error-reports.ts'
import { watchShipper } from '../shared/watching/log-metrics.ts'
import { startShipper } from '../shared/watching/log-shipper.ts'
import { openMetricsDoor, watchProcess } from '../shared/watching/metrics-door.ts'
import { secretsOf } from '../shared/watching/settings.ts'
import { queues } from '../workflows/contract.ts'
import { SoundPool } from './audio/sound-pool.ts'
import { backupToolsFrom } from './backup/backup-settings.ts'
import type { Deps } from './deps.ts'
import { readWorkerSettings } from './env.ts'
import { Governor } from './governor/governor.ts'
import { knownProviders } from './governor/known-providers.ts'
import { createProviderLimits } from './governor/provider-limits.ts'
import { speechQueue } from './governor/speech-queue.ts'
import { createActivities } from './index.ts'
import { ensureSchedules } from './schedules.ts'
import { mailTransportFrom } from './mail/transport.ts'
import { extractiveWriter } from './script/extractive-writer.ts'
import { createOpenAiWriter } from './script/openai-writer.ts'
import { ownScriptWriter } from './script/own-script-writer.ts'
import { verbatimWriter } from './script/verbatim-writer.ts'
import { createSearxng } from './search/searxng.ts'
import { createElevenLabsSpeech } from './speech/elevenlabs-provider.ts'
import { createLocalSpeech } from './speech/local-provider.ts'
import { createNeuralEngine } from './speech/neural-engine.ts'
import { createNeuralSpeech } from './speech/neural-provider.ts'
import { watchNeuralVoice } from './speech/neural-weights.ts'
import { createOpenAiSpeech } from './speech/openai-provider.ts'
import type { SpeechProvider } from './speech/port.ts'
import { sha256 } from './storage/objects.ts'
import { runStates } from './temporal-runs.ts'
import { countFromNothing, tellCalls } from './watching/call-metrics.ts'
import { watchDeeds } from './watching/deed-watch.ts'
import { keepTemporalMetrics } from './watching/temporal-metrics.ts'
import { workflowCode } from './workflow-code.ts'

const CONNECTIONS = 20
const settings = readWorkerSettings(process.env)
const reports = await startErrorReports('worker', settings)
const shipper = startShipper(settings)
const logger = createLogger('worker', settings.LOG_LEVEL, { shipper, secrets: secretsOf(settings) })
const fetchSafely = createSafeFetch({ named: testServersOf(settings) })
if (settings.ENVIRONMENT !== 'production') planCrashes(settings.CRASH_AT)
await sweepTempFolders()

const metricsPort = settings.WORKER_METRICS_PORT ?? (settings.ENVIRONMENT === 'production' ? 9091 : undefined)
const temporalMetrics = metricsPort === undefined ? undefined : await keepTemporalMetrics()
Runtime.install({
  logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
    // A queue of deeds alone is what we want, not something to be warned of.
    if (!message.startsWith('No workflows registered')) logger[level === 'WARN' ? 'warn' : 'error']({ ...meta }, message)
  }),
  shutdownSignals: [],
  ...(temporalMetrics && { telemetryOptions: temporalMetrics.telemetryOptions }),
})

const { OPENAI_API_KEY, OPENAI_BASE_URL, ELEVENLABS_API_KEY, ELEVENLABS_BASE_URL, ELEVENLABS_OUTPUT_FORMAT } = settings
const voiceMakers: SpeechProvider[] = [createLocalSpeech(settings.ESPEAK_PATH ? { espeakPath: settings.ESPEAK_PATH } : {})]
if (OPENAI_API_KEY)
  voiceMakers.push(createOpenAiSpeech({ apiKey: OPENAI_API_KEY, ...(OPENAI_BASE_URL && { baseUrl: OPENAI_BASE_URL }) }))
if (ELEVENLABS_API_KEY)
  voiceMakers.push(
    createElevenLabsSpeech({
      apiKey: ELEVENLABS_API_KEY,
      ...(ELEVENLABS_BASE_URL && { baseUrl: ELEVENLABS_BASE_URL }),
      ...(ELEVENLABS_OUTPUT_FORMAT && { outputFormat: ELEVENLABS_OUTPUT_FORMAT }),
    }),
  )
// What this process knows belongs to the database it began with; whoever starts it starts it again, on the restored one.
const fence = epochFence(() => {
  logger.fatal('the database was restored: this worker stops, and must be started anew')
  process.kill(process.pid, 'SIGTERM')
})
const db = createDatabase(settings.DATABASE_URL, CONNECTIONS, {
  verify: fence,
  who: () => 'house',
  onConnectionError: () => databaseConnectionFailed(logger),
})
const redis = createRedis(settings.REDIS_URL, (error) => logger.warn({ err: error }, 'redis is away'))
const engine = createNeuralEngine()
const neuralVoice = watchNeuralVoice({
  folder: settings.AIMAKE_NEURAL_VOICE === 'on' ? settings.NEURAL_VOICE_DIR : undefined,
  isLoaded: () => engine.pid() !== undefined,
  onReady: () => tellNeuralVoice(redis),
  logger,
})
voiceMakers.push(
  createNeuralSpeech({
    engine,
    threads: availableParallelism(),
    weights: neuralVoice.weights,
    isElsewhere: neuralVoiceTold(redis),
    ...(settings.ESPEAK_PATH && { espeakPath: settings.ESPEAK_PATH }),
  }),
)
const scriptModel = scriptModelOn(settings)
const talkWriter = scriptModel
  ? createOpenAiWriter({
      model: scriptModel.model,
      api: settings.SCRIPT_API,
      ...(OPENAI_API_KEY && { apiKey: OPENAI_API_KEY }),
      ...(OPENAI_BASE_URL && { baseUrl: OPENAI_BASE_URL }),
      ...(settings.SCRIPT_CONTEXT_CHARACTERS && { contextCharacters: settings.SCRIPT_CONTEXT_CHARACTERS }),
    })
  : extractiveWriter
const governor = new Governor(redis)
for (const [name, key] of Object.entries({ openai: OPENAI_API_KEY, elevenlabs: ELEVENLABS_API_KEY }))
  if (key)
    void governor.keyIs(name, sha256(key).slice(0, 16)).catch((error: unknown) => logger.warn({ err: error }, 'redis is away'))
const deps: Omit<Deps, 'runState'> = {
  db,
  redis,
  governor,
  limitsOf: createProviderLimits(db),
  store: new ObjectStore(settings),
  logger,
  ffmpegPath: settings.FFMPEG_PATH,
  sound: new SoundPool(settings.FFMPEG_PATH),
  backup: backupToolsFrom(settings, process.env),
  mail: mailTransportFrom(settings),
  webhooks: {
    fetchSafely: createSafeFetch({ named: new Set(settings.WEBHOOK_PRIVATE_HOSTS) }),
    retryMs: settings.WEBHOOK_RETRY_SECONDS.map((seconds) => seconds * 1000),
  },
  reconcileAgeMs: settings.RECONCILE_AGE_SECONDS * 1000,
  fetchSafely,
  search: settings.SEARXNG_URL ? createSearxng(settings.SEARXNG_URL) : undefined,
  speech: new Map(voiceMakers.map((maker) => [maker.name, maker])),
  writers: { verbatim: verbatimWriter, ownScript: ownScriptWriter, talk: talkWriter },
}

/**
 * How many deeds of a queue run here at once. A queue of voices bounds itself. Few, where a deed keeps this machine busy: users have their
 * turns in the queue, not among what was taken out of it.
 */
const concurrency: Record<string, number> = {
  [queues.episodes]: 4,
  [queues.script]: 10,
  [queues.audio]: 2,
  [queues.backup]: 2,
  // They wait for other people's servers, and cost nothing meanwhile.
  [queues.webhooks]: 20,
}
const WORKFLOW_TASKS = 2
// The queues of providers without a key too: a line that waits there is told so instead of waiting for ever.
const providers = await whenThere('the database', () => knownProviders(db))
const speechQueues = new Map(providers.map((name) => [queues.speech(name), name]))
countFromNothing(providers)
const everything = [...Object.keys(concurrency), ...speechQueues.keys()]
const wanted = settings.WORKER_QUEUES.length > 0 ? settings.WORKER_QUEUES : everything
const { connectionOptions, namespace } = loadClientConnectConfig()
const [connection, workflowBundle] = await Promise.all([
  whenThere('temporal', () => NativeConnection.connect(connectionOptions)),
  wanted.includes(queues.episodes) ? workflowCode(settings.WORKFLOW_BUNDLE) : undefined,
])

/** What a worker cannot do without it waits for: a platform gives up a program that ends a few times. */
async function whenThere<T>(what: string, ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      logger.warn({ err: error }, `${what} is away; the worker waits for it`)
      await new Promise((resolve) => setTimeout(resolve, 2_000))
    }
  }
}

const temporal = new Client({ connection, ...(namespace && { namespace }) })
const activities = createActivities({ ...deps, runState: runStates(temporal) })
const watchDeed = watchDeeds(reports)
const workers = await Promise.all(
  wanted.map((taskQueue) => {
    const options: WorkerOptions = {
      connection,
      taskQueue,
      activities,
      ...(speechQueues.has(taskQueue)
        ? speechQueue(speechQueues.get(taskQueue)!)
        : { maxConcurrentActivityTaskExecutions: concurrency[taskQueue] ?? 10 }),
      shutdownGraceTime: `${settings.WORKER_GRACE_SECONDS} seconds`,
      shutdownForceTime: `${settings.WORKER_GRACE_SECONDS + 3} seconds`,
      ...(namespace && { namespace }),
      ...(taskQueue === queues.episodes &&
        workflowBundle && { workflowBundle, maxConcurrentWorkflowTaskExecutions: WORKFLOW_TASKS }),
    }
    const interceptors = { activity: [watchDeed, ...(options.interceptors?.activity ?? [])] }
    return Worker.create({ ...options, interceptors })
  }),
)

const health = createServer((_req, res) => {
  const running = workers.every((worker) => worker.getState() === 'RUNNING')
  res
    .writeHead(running ? 200 : 503, { 'content-type': 'application/json' })
    .end(JSON.stringify({ status: running ? 'ok' : 'stopping' }))
})
if (settings.WORKER_HEALTH_PORT !== undefined) health.listen(settings.WORKER_HEALTH_PORT, settings.HOST)
watchProcess()
watchShipper(shipper)
tellCalls((call) => logger.info({ event: 'provider-call', ...call }, 'provider call'))
const metrics =
  metricsPort === undefined
    ? undefined
    : openMetricsDoor({ port: metricsPort, host: settings.HOST }, temporalMetrics && { also: temporalMetrics.text })
metrics?.on('error', (error) => logger.error({ err: error }, 'nobody can read the metrics'))

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    logger.info({ signal }, 'the worker stops')
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown()
  })
}

if (wanted.some((queue) => speechQueues.has(queue))) deps.sound.start()
if (wanted.includes(queues.speech('neural'))) neuralVoice.start()
if (wanted.includes(queues.episodes))
  void ensureSchedules(temporal).catch((error: unknown) => logger.warn({ err: error }, 'no schedule was set'))
logger.info({ queues: wanted }, 'the worker runs')
try {
  await Promise.all(workers.map((worker) => worker.run()))
} finally {
  health.close()
  neuralVoice.stop()
  await engine.stop()
  await connection.close()
  await Promise.allSettled([db.$disconnect(), redis.quit(), deps.sound.close()])
  deps.store.close()
  if (typeof deps.backup === 'object') deps.backup.store.close()
  metrics?.close()
  await Promise.all([reports.close(), shipper?.close()])
}
process.exit(0)
