import { parseArgs } from 'node:util'
import { StartError } from './start-error.ts'

export const programs = ['api', 'worker', 'web'] as const
export type Options = { without: Set<string>; samples: boolean; dev: boolean; fake: boolean; replica: boolean; help: boolean }

export const help = `npm start -- [options]      starts everything AIMake needs and keeps it running until Ctrl-C

  --without NAME   do not start api, worker or web (repeat it for several; the servers alone: --without api --without worker)
  --no-samples     do not make the three sample episodes on the first start
  --dev            restart API and worker when their sources change, and serve the screens with hot reload
  --fake           speak with made-up providers that cost nothing instead of OpenAI and ElevenLabs
  --replica        keep a streaming copy of the database that answers lists and reports
  --help           this text

settings (environment or .env; see .env.example)
  PORT             the web app's port (8000)
  AIMAKE_DATA_DIR  where everything is kept (.data)
  AIMAKE_CACHE_DIR where downloaded servers are kept (~/.cache/aimake; as root /var/cache/aimake)
  AIMAKE_NEURAL_VOICE
                   off: no neural voice (330 MB, fetched once in the background; 2 GB of memory)
  DATABASE_URL, REDIS_URL, S3_ENDPOINT, TEMPORAL_ADDRESS
                   a server that is named here is used as it is; the others are started
`

/** Reads the command line. Throws a `StartError` for an option that is not there. */
export function parseOptions(args: string[]): Options {
  try {
    const { values } = parseArgs({
      args,
      options: {
        without: { type: 'string', multiple: true, default: [] },
        'no-samples': { type: 'boolean', default: false },
        dev: { type: 'boolean', default: false },
        fake: { type: 'boolean', default: false },
        replica: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    const unknown = values.without.find((name) => !(programs as readonly string[]).includes(name))
    if (unknown) throw new Error(`--without knows ${programs.join(', ')}, not ${unknown}`)
    const { dev, fake, replica, help: isHelp } = values
    if (values.replica && process.env.DATABASE_URL)
      throw new Error('--replica copies the database that is started here, and DATABASE_URL names another')
    return { without: new Set(values.without), samples: !values['no-samples'], dev, fake, replica, help: isHelp }
  } catch (error) {
    throw new StartError((error as Error).message, 'npm start -- --help shows what there is')
  }
}
