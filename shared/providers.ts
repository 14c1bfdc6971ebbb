import { z } from 'zod'
import { optional } from './env.ts'

/** What API and worker are told of the paid providers. A provider is on when its key is set. */
export const providerSettings = {
  OPENAI_API_KEY: optional(z.string().min(1)),
  /** A compatible server instead of OpenAI's own, with its `/v1`. */
  OPENAI_BASE_URL: optional(z.url()),
  ELEVENLABS_API_KEY: optional(z.string().min(1)),
  ELEVENLABS_BASE_URL: optional(z.url()),
  /** A model writes when OPENAI_API_KEY is set, or OPENAI_BASE_URL names a server that wants none. */
  SCRIPT_MODEL: z.string().min(1).default('gpt-6-luna'),
}

/** The model that writes, as the ledger prices it. */
export interface ScriptModel {
  provider: string
  model: string
}

type Keys = { OPENAI_API_KEY?: string | undefined; ELEVENLABS_API_KEY?: string | undefined }
type WriterKeys = { OPENAI_API_KEY?: string | undefined; OPENAI_BASE_URL?: string | undefined; SCRIPT_MODEL: string }

/** The model that writes talks here; `undefined` where a plain writer does. */
export const scriptModelOn = ({ OPENAI_API_KEY, OPENAI_BASE_URL, SCRIPT_MODEL }: WriterKeys): ScriptModel | undefined =>
  OPENAI_API_KEY || OPENAI_BASE_URL ? { provider: 'openai', model: SCRIPT_MODEL } : undefined

/** The setting that switches a provider on. One without needs none. */
export const providerKeys: Record<string, keyof typeof providerSettings> = {
  elevenlabs: 'ELEVENLABS_API_KEY',
  openai: 'OPENAI_API_KEY',
}

/** The providers that are on, as voices name them; the local one needs no key. Whether the neural one is on, its workers say. */
export const providersOn = ({ OPENAI_API_KEY, ELEVENLABS_API_KEY }: Keys): string[] => [
  ...(ELEVENLABS_API_KEY ? ['elevenlabs'] : []),
  ...(OPENAI_API_KEY ? ['openai'] : []),
  'local',
]
