import { z } from 'zod'
import { boundedFetch } from '../speech/bounded-fetch.ts'
import { SearchFailed } from './port.ts'
import type { Finding, SearchProvider } from './port.ts'

const DEADLINE_MS = 15_000
const LANGUAGES = { zh: 'zh-CN', en: 'en' }
const answerSchema = z.object({
  results: z.array(z.object({ title: z.string(), url: z.string(), content: z.string().nullish() })),
})
const ask = boundedFetch({ maxBytes: 4 * 1024 * 1024, accepts: /^application\/json\b/ })

/** SearXNG, a search of one's own that asks many others and costs nothing a question. Its settings must allow the format `json`. */
export function createSearxng(baseUrl: string): SearchProvider {
  return {
    name: 'searxng',
    async search(topic, { language, count, signal }) {
      const url = new URL('search', baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`)
      url.search = new URLSearchParams({ q: topic, format: 'json', language: LANGUAGES[language], safesearch: '1' }).toString()
      const bounded = AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)])
      const response = await ask(url, { signal: bounded, headers: { accept: 'application/json' } }).catch((error: unknown) => {
        signal.throwIfAborted()
        throw new SearchFailed('The search does not answer.', { isLasting: false, cause: error })
      })
      if (!response.ok)
        throw new SearchFailed(`The search answers ${response.status}.`, {
          isLasting: response.status < 500 && response.status !== 429,
        })
      return findingsOf(await response.json().catch(() => undefined), count)
    },
  }
}

function findingsOf(body: unknown, count: number): Finding[] {
  const answer = answerSchema.safeParse(body)
  if (!answer.success)
    throw new SearchFailed('The search answers something else than results.', { isLasting: true, cause: answer.error })
  return answer.data.results.slice(0, count).map(({ title, url, content }) => ({ title, url, excerpt: content ?? '' }))
}
