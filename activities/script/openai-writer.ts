import { ModelClient } from './model-client.ts'
import type { ModelSettings } from './model-client.ts'
import { writeOutline } from './openai-outline.ts'
import { writeLines } from './openai-section.ts'
import type { ScriptWriter } from './port.ts'

export interface WriterSettings extends ModelSettings {
  /** How much of the sources one question may hold; what is longer is read in parts first. */
  contextCharacters?: number
}

/** Fits models of 128,000 tokens with room for the answer, also in Chinese where a character is about a token. */
const CONTEXT_CHARACTERS = 60_000

/**
 * Writes programmes of 1-6 speakers through a language model of OpenAI or any server that speaks its protocol. The language, the
 * speakers and the length (within 15 %) are checked, not hoped for; what a source says is material and never an instruction. Each line names the
 * passages it rests on.
 */
export function createOpenAiWriter({ contextCharacters = CONTEXT_CHARACTERS, ...settings }: WriterSettings): ScriptWriter {
  const client = new ModelClient(settings)
  return {
    name: 'model',
    provider: 'openai',
    model: settings.model,
    accounts: 'question',
    outline: (request, options) => writeOutline(client, request, contextCharacters, options),
    section: (request, options) => writeLines(client, request, contextCharacters, options),
  }
}
