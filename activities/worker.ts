import { createServer } from 'node:http'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { loadClientConnectConfig } from '@temporalio/envconfig'
import { DefaultLogger, NativeConnection, Runtime, Worker, bundleWorkflowCode } from '@temporalio/worker'
import type { WorkerOptions } from '@temporalio/worker'
import { createDatabase } from '../prisma/client.ts'
import { createLogger } from '../shared/logger.ts'
import { ObjectStore } from '../shared/object-store.ts'
import { createRedis } from '../shared/redis.ts'
import { queues } from '../workflows/contract.ts'
import type { Deps } from './deps.ts'
import { readWorkerSettings } from './env.ts'
import { createActivities } from './index.ts'
import { extractiveWriter } from './script/extractive-writer.ts'
import { ownScriptWriter } from './script/own-script-writer.ts'
import { verbatimWriter } from './script/verbatim-writer.ts'
import { createLocalSpeech } from './speech/local-provider.ts'
import { createNeuralEngine } from './speech/neural-engine.ts'
import { createNeuralSpeech } from './speech/neural-provider.ts'
import { switchNeuralVoices } from './speech/neural-switch.ts'
import { watchNeuralVoice } from './speech/neural-weights.ts'

const CONNECTIONS = 20
const settings = readWorkerSettings(process.env)
const logger = createLogger('worker', settings.LOG_LEVEL)

Runtime.install({
  logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
    // A queue of deeds alone is what we want, not something to be warned of.
    if (!message.startsWith('No workflows registered')) logger[level === 'WARN' ? 'warn' : 'error']({ ...meta }, message)
  }),
  shutdownSignals: [],
})

const local = createLocalSpeech(settings.ESPEAK_PATH ? { espeakPath: settings.ESPEAK_PATH } : {})
const engine = createNeuralEngine()
const neuralVoice = watchNeuralVoice({
  folder: settings.AIMAKE_NEURAL_VOICE === 'on' ? settings.NEURAL_VOICE_DIR : undefined,
  isLoaded: () => engine.pid() !== undefined,
  onChange: (isReady) => switchNeuralVoices(deps.db, isReady),
  logger,
})
const neural = createNeuralSpeech({
  engine,
  threads: availableParallelism(),
  weights: neuralVoice.weights,
  ...(settings.ESPEAK_PATH && { espeakPath: settings.ESPEAK_PATH }),
})
const deps: Deps = {
  db: createDatabase(settings.DATABASE_URL, CONNECTIONS),
  redis: createRedis(settings.REDIS_URL, (error) => logger.warn({ err: error }, 'redis is away')),
  store: new ObjectStore(settings),
  logger,
  ffmpegPath: settings.FFMPEG_PATH,
  speech: new Map([local, neural].map((provider) => [provider.name, provider])),
  writers: { verbatim: verbatimWriter, ownScript: ownScriptWriter, talk: extractiveWriter },
}

/** How many deeds of a queue run here at once. What costs this machine's time is bounded by its cores. */
const cores = availableParallelism()
const concurrency: Record<string, number> = {
  [queues.episodes]: 40,
  [queues.script]: 10,
  [queues.audio]: 2,
  [queues.speech('local')]: cores,
  // The engine speaks one line at a time; the second's words are made ready meanwhile.
  [queues.speech('neural')]: 2,
}

const wanted = settings.WORKER_QUEUES.length > 0 ? settings.WORKER_QUEUES : Object.keys(concurrency)
const { connectionOptions, namespace } = loadClientConnectConfig()
const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url))
const [connection, workflowBundle] = await Promise.all([
  NativeConnection.connect(connectionOptions),
  wanted.includes(queues.episodes) ? bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') }) : undefined,
])

const workers = await Promise.all(
  wanted.map((taskQueue) => {
    const options: WorkerOptions = {
      connection,
      taskQueue,
      activities: createActivities(deps),
      maxConcurrentActivityTaskExecutions: concurrency[taskQueue] ?? 10,
      shutdownGraceTime: `${settings.WORKER_GRACE_SECONDS} seconds`,
      shutdownForceTime: `${settings.WORKER_GRACE_SECONDS + 3} seconds`,
      ...(namespace && { namespace }),
      ...(taskQueue === queues.episodes && workflowBundle && { workflowBundle }),
    }
    return Worker.create(options)
  }),
)

const health = createServer((_req, res) => {
  const running = workers.every((worker) => worker.getState() === 'RUNNING')
  res
    .writeHead(running ? 200 : 503, { 'content-type': 'application/json' })
    .end(JSON.stringify({ status: running ? 'ok' : 'stopping' }))
})
if (settings.WORKER_HEALTH_PORT !== undefined) health.listen(settings.WORKER_HEALTH_PORT, settings.HOST)

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    logger.info({ signal }, 'the worker stops')
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown()
  })
}

if (wanted.includes(queues.speech('neural'))) neuralVoice.start()
logger.info({ queues: wanted }, 'the worker runs')
try {
  await Promise.all(workers.map((worker) => worker.run()))
} finally {
  health.close()
  neuralVoice.stop()
  await engine.stop()
  await connection.close()
  await Promise.allSettled([deps.db.$disconnect(), deps.redis.quit()])
  deps.store.close()
}
process.exit(0)
