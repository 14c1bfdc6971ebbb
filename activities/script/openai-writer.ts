import { ModelClient } from './model-client.ts'
import type { ModelSettings } from './model-client.ts'
import { writeOutline } from './openai-outline.ts'
import { writeLines } from './openai-section.ts'
import { ScriptFailed, type ScriptWriter } from './port.ts'
import { TokenMeter } from './token-meter.ts'

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
    unit: 'token',
    async outline(request, { signal }) {
      const meter = new TokenMeter()
      try {
        const outline = await writeOutline(client, request, contextCharacters, { signal, meter })
        return { outline, usage: meter.usage }
      } catch (error) {
        throw withUsage(error, meter)
      }
    },
    async *section(request, { signal }) {
      const meter = new TokenMeter()
      try {
        yield* writeLines(client, request, contextCharacters, { signal, meter })
        return meter.usage
      } catch (error) {
        throw withUsage(error, meter)
      }
    },
  }
}

// A failed try may have been charged: the ledger wants to know.
function withUsage(error: unknown, { usage }: TokenMeter): unknown {
  if (error instanceof ScriptFailed && usage.inputUnits + usage.outputUnits > 0) error.usage = usage
  return error
}
