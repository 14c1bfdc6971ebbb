// npm run fetch:voice: brings the weights of the neural voice into the cache (about 330 MB, once), for a machine that does not use the launcher.
import { cacheDirectory } from './launcher/folders.ts'
import { StartError } from './launcher/start-error.ts'
import { fetchVoice, voiceFolder } from './voice/fetch-voice.ts'

const cache = cacheDirectory(process.env)
try {
  const model = await fetchVoice({ cache, news: (text) => console.log(`neural voice: ${text}`) })
  console.log(`neural voice: ${model} is in ${voiceFolder(cache)} (the worker finds it by NEURAL_VOICE_DIR)`)
} catch (error) {
  console.error(error instanceof StartError ? `${error.message}\n  -> ${error.remedy}` : error)
  process.exit(1)
}
