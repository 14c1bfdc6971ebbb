import type { ObjectStore } from '../../shared/object-store.ts'
import { wholeVersion } from '../episodes/delivery.ts'
import type { PublishedEpisode, PublishedShow } from './shows.repo.ts'
import type { FeedCheck, FeedFinding } from './shows.schema.ts'

/** Shorter is taken for a mistake. */
const LEAST_MS = 1000
/** The newest are looked at: they are what a directory reads first, and the bucket is asked for each. */
const MOST_LOOKED_AT = 50

export interface CheckDeps {
  store: ObjectStore
  publicUrl: string
  /** A laptop's address is not a directory's business; in production it is a mistake. */
  isProduction: boolean
}

/** Everything a directory would refuse, by name, and what only makes a feed poorer. Changes nothing. */
export async function checkFeed({ store, publicUrl, isProduction }: CheckDeps, show: PublishedShow): Promise<FeedCheck> {
  const findings: FeedFinding[] = []
  const find = (code: FeedFinding['code'], detail: string, severity: FeedFinding['severity'] = 'refused') =>
    findings.push({ code, severity, detail, episodeId: null })
  if (!show.title.trim()) find('title-missing', 'The show has no title.')
  if (!show.description.trim()) find('description-missing', 'Say in a sentence or two what the show is about.')
  if (!show.author.trim()) find('author-missing', 'Say who makes the show.')
  if (!show.category) find('category-missing', 'Choose a category.')
  if (!show.coverKey && !show.episodes.some((episode) => wholeVersion(episode).render?.coverKey))
    find('cover-missing', 'Give the show a cover: square, 1400 to 3000 pixels, PNG or JPEG.')
  if (!publicUrl.startsWith('https:'))
    find('address-not-https', `${publicUrl} cannot be reached by https.`, isProduction ? 'refused' : 'advice')
  if (show.episodes.length === 0) find('nothing-published', 'Publish at least one episode in it.')
  const ofEpisodes = await Promise.all(show.episodes.slice(0, MOST_LOOKED_AT).map((episode) => checkEpisode(store, episode)))
  findings.push(...ofEpisodes.flat())
  return { ready: findings.every(({ severity }) => severity !== 'refused'), findings }
}

async function checkEpisode(store: ObjectStore, episode: PublishedEpisode): Promise<FeedFinding[]> {
  const named = `"${episode.title}"`
  const finding = (code: FeedFinding['code'], detail: string, severity: FeedFinding['severity'] = 'refused'): FeedFinding => ({
    code,
    severity,
    detail,
    episodeId: episode.id,
  })
  const { render } = wholeVersion(episode)
  const bytes = render && (await store.size(render.mp3Key))
  return [
    ...(episode.title.trim() ? [] : [finding('episode-title-missing', 'An episode has no title.')]),
    ...(bytes === undefined || bytes === null ? [finding('episode-audio-missing', `${named} has no sound.`)] : []),
    ...(render && bytes !== undefined && BigInt(bytes!) !== render.bytes
      ? [finding('episode-length-wrong', `${named} is ${bytes} bytes, and its feed would say ${render.bytes}.`)]
      : []),
    ...(render && render.durationMs < LEAST_MS ? [finding('episode-too-short', `${named} lasts less than a second.`)] : []),
    ...(render && !render.transcriptKey ? [finding('transcript-missing', `${named} has no transcript.`, 'advice')] : []),
  ]
}
