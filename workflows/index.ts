export { makeVoiceSample } from './make-voice-sample.ts'
export { produceEpisode } from './produce-episode.ts'
export { purgeEpisode } from './purge-episode.ts'
export { reconcile } from './reconcile.ts'
