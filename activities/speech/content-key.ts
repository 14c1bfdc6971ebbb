import { sha256 } from '../storage/objects.ts'

export interface Spoken {
  userId: string
  provider: string
  model: string
  providerVoice: string
  settings: unknown
  language: string
  text: string
  direction: string | null
}

/** Raised when the same words would sound different: how answers are levelled, cut or encoded. */
const SOUND_VERSION = 1

/**
 * What a line's sound depends on, as one key: equal keys are the same sound, made and paid for once. The person is part of it, so
 * that nobody can learn by price or speed what another one had voiced, and erasing one person touches nobody else.
 */
export const contentKeyOf = ({ userId, provider, model, providerVoice, settings, language, text, direction }: Spoken): string =>
  sha256(JSON.stringify([SOUND_VERSION, userId, provider, model, providerVoice, settings, language, text, direction]))
