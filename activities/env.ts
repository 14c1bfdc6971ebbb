import { z } from 'zod'
import { commonSettings, databaseSettings, optional, readSettings, redisSettings, storageSettings } from '../shared/env.ts'
import { backupSettings } from './backup/backup-settings.ts'
import { providerSettings } from '../shared/providers.ts'
import { webhookSettings } from '../shared/webhooks.ts'
import { sourceSettings } from '../shared/safe-fetch/settings.ts'
import { watchingSettings } from '../shared/watching/settings.ts'
import { outputFormats } from './speech/elevenlabs-provider.ts'

/** What the worker is told by its environment. */
export const readWorkerSettings = (env: NodeJS.ProcessEnv) =>
  readSettings(
    {
      ...commonSettings,
      ...databaseSettings,
      ...redisSettings,
      ...storageSettings,
      ...providerSettings,
      ...watchingSettings,
      ...webhookSettings,
      /** Seconds between the tries of a message to a person's server, as Standard Webhooks proposes: ten tries within three days. */
      WEBHOOK_RETRY_SECONDS: z
        .string()
        .default('5,300,1800,7200,18000,36000,50400,72000,86400')
        .transform((list) => list.split(',').map(Number))
        .refine((seconds) => seconds.every((one) => one > 0), 'seconds with commas between'),
      ...sourceSettings,
      /** Where Prometheus reads this process and Temporal's part of it. Unset: in production 9091, elsewhere nowhere. */
      WORKER_METRICS_PORT: optional(z.coerce.number().int().min(0).max(65535)),
      ...backupSettings,
      /** The mail server, with who signs in: smtp://name:password@host:587, or smtps://. Unset: mails wait until there is one. */
      SMTP_URL: optional(z.url({ protocol: /^smtps?$/ })),
      MAIL_FROM: z.string().min(3).default('AIMake <no-reply@aimake.cc>'),
      /** Where the web app is, for the links in mails. */
      PUBLIC_URL: z.url().default('http://localhost:8000'),
      WEB_URL: optional(z.url()),
      /** What ElevenLabs is asked for; a plan without it gets MP3 by itself. */
      ELEVENLABS_OUTPUT_FORMAT: optional(z.enum(outputFormats)),
      FFMPEG_PATH: z.string().min(1).default('ffmpeg'),
      ESPEAK_PATH: optional(z.string().min(1)),
      SCRIPT_API: z.enum(['auto', 'responses', 'chat']).default('auto'),
      SCRIPT_CONTEXT_CHARACTERS: optional(z.coerce.number().int().min(2_000)),
      /** Where the neural voice's weights are, or will be once they are fetched. Unset: there are none. */
      NEURAL_VOICE_DIR: optional(z.string().min(1)),
      AIMAKE_NEURAL_VOICE: z.enum(['on', 'off']).default('on'),
      /** What was touched within this time a reconciliation leaves alone: longer than any deed takes. */
      RECONCILE_AGE_SECONDS: z.coerce.number().int().min(0).default(3600),
      /** Task queues this process serves; all of them when empty. */
      WORKER_QUEUES: z
        .string()
        .default('')
        .transform((list) =>
          list
            .split(',')
            .map((queue) => queue.trim())
            .filter(Boolean),
        ),
      /** The workflows, bundled beforehand: the worker is up a second sooner. Unset: it bundles them when it starts. */
      WORKFLOW_BUNDLE: optional(z.string().min(1)),
      HOST: z.string().default('0.0.0.0'),
      WORKER_HEALTH_PORT: optional(z.coerce.number().int().min(0).max(65535)),
      /** Deeds in flight may take this long to end after a stop; keep it below the platform's kill time. */
      WORKER_GRACE_SECONDS: z.coerce.number().int().min(1).default(5),
    },
    env,
  )

export type WorkerSettings = ReturnType<typeof readWorkerSettings>
