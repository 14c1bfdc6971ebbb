export { makeVoiceSample } from './make-voice-sample.ts'
export { produceEpisode } from './produce-episode.ts'
export { purgeEpisode } from './purge-episode.ts'
