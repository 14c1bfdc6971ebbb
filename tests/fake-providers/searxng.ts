import type { Call, Handler } from './handler.ts'
import { send } from './spoil.ts'

const json = { 'content-type': 'application/json' }
const html = { 'content-type': 'text/html; charset=utf-8' }

const errorAnswer: Call['errorAnswer'] = (status) => ({
  status,
  headers: html,
  body: `<!doctype html><title>${status}</title><h1>${status}</h1>`,
})

/** SearXNG: `/search?q=&format=json`, results that lead to pages here. A format it is not set to is refused, as there: with 403 and a page. */
export const searxng: Handler = async (request, _body, response, control) => {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
  if (request.method !== 'GET') return false
  if (url.pathname.startsWith('/found/')) {
    send({ status: 200, headers: html, body: pageAbout(decodeURIComponent(url.pathname.slice('/found/'.length))) }, response)
    return true
  }
  if (url.pathname !== '/search') return false
  const query = url.searchParams.get('q') ?? ''
  return control.serve({ route: 'searxng', key: undefined, text: query, errorAnswer }, response, () => {
    if (url.searchParams.get('format') !== 'json') return errorAnswer(403)
    if (query.trim() === '') return errorAnswer(400)
    const results = ['one', 'two', 'missing'].map((name, index) => ({
      title: `${query} ${name}`,
      url: `${url.origin}/${name === 'missing' ? 'nowhere' : `found/${encodeURIComponent(`${query} ${name}`)}`}`,
      content: `…${query}…`,
      engine: 'fake',
      score: 3 - index,
      category: 'general',
    }))
    const answer = {
      query,
      number_of_results: 0,
      results,
      answers: [],
      corrections: [],
      infoboxes: [],
      suggestions: [],
      unresponsive_engines: [],
    }
    return { status: 200, headers: json, body: JSON.stringify(answer) }
  })
}

const pageAbout = (topic: string) =>
  `<!doctype html><html><head><title>${topic}</title></head><body><nav>Menu</nav><article><h1>${topic}</h1>${`<p>What is known about ${topic}: it has been studied for a long time, and much of it is still disputed among those who know it well.</p>`.repeat(6)}</article></body></html>`
