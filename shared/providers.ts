import { z } from 'zod'
import { optional } from './env.ts'

/** What API and worker are told of the paid providers. A provider is on when its key is set. */
export const providerSettings = {
  OPENAI_API_KEY: optional(z.string().min(1)),
  /** A compatible server instead of OpenAI's own, with its `/v1`. */
  OPENAI_BASE_URL: optional(z.url()),
  ELEVENLABS_API_KEY: optional(z.string().min(1)),
  ELEVENLABS_BASE_URL: optional(z.url()),
}

type Keys = { OPENAI_API_KEY?: string | undefined; ELEVENLABS_API_KEY?: string | undefined }

/** The providers that are on, as voices name them; the local one needs no key. Whether the neural one is on, its workers say. */
export const providersOn = ({ OPENAI_API_KEY, ELEVENLABS_API_KEY }: Keys): string[] => [
  ...(ELEVENLABS_API_KEY ? ['elevenlabs'] : []),
  ...(OPENAI_API_KEY ? ['openai'] : []),
  'local',
]
