// The offline shell: the app's own files, and what was saved to be heard without a connection. Built into /sw.js, with the list of its files put in.
// Plain JavaScript: it runs beside the page, with none of its code.

const shell = 'aimake-shell-__VERSION__'
const saved = 'aimake-saved-v1'
/** The server's answers say that they vary by who asks. Here one person asks, and the names of the app's files change with their content. */
const among = (cacheName) => ({ cacheName, ignoreVary: true })
const files = __FILES__

/** Small answers without which the app does not start; kept as they were last told. */
const kept = /^\/api\/(auth\/get-session|config|voices|notices)$/
/** Pages of the server itself, not of the app. */
const others = /^\/(api|admin|s|embed|feeds|docs|health|openapi|oembed|metrics)(\/|\.|$)/

addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(shell)
      .then((cache) => cache.addAll(files))
      .then(() => skipWaiting()),
  )
})

addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith('aimake-shell-') && name !== shell) await caches.delete(name)
      await clients.claim()
    })(),
  )
})

addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  const isOurs = url.origin === location.origin
  // The API may live on a host of its own; nothing else of another host is any business of ours.
  if (request.method !== 'GET' || (!isOurs && !url.pathname.startsWith('/api/'))) return
  if (request.mode === 'navigate' && !others.test(url.pathname)) event.respondWith(page(request))
  else if (isOurs && files.includes(url.pathname)) event.respondWith(own(request))
  else if (kept.test(url.pathname)) event.respondWith(fresh(request, true))
  else if (/^\/api\/episodes\/[^/]+\/segments\//.test(url.pathname)) event.respondWith(sound(request))
  else if (/^\/api\/episodes\/[^/]+(\/(script|playlist\.m3u8|cover\.png))?$/.test(url.pathname))
    event.respondWith(fresh(request, false))
})

/** The app's page from the server, or as it was. */
async function page(request) {
  try {
    return await fetch(request)
  } catch (error) {
    const old = await caches.match('/index.html', among(shell))
    if (old) return old
    throw error
  }
}

/** A file whose name changes with its content. */
const own = async (request) => (await caches.match(request, among(shell))) ?? fetch(request)

/** What was saved sounds without asking anybody. */
const sound = async (request) => (await caches.match(request, among(saved))) ?? fetch(request)

/** The newest answer; what was saved where nobody answers. */
async function fresh(request, keep) {
  try {
    const answer = await fetch(request)
    if (keep && answer.ok)
      await caches
        .open(saved)
        .then((cache) => cache.put(request, answer.clone()))
        .catch(() => undefined)
    return answer
  } catch (error) {
    const old = await caches.match(request, among(saved))
    if (old) return old
    throw error
  }
}
