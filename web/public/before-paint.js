// Before the first paint, and before the app itself: so that a chosen theme or language does not flash, and that what the page is made of is
// on its way while the app's first script still is. A file, not an inline script: the page's content policy allows none.
{
  const stored = (name) => {
    try {
      return localStorage.getItem(`aimake.${name}`)
    } catch {
      // Storage is forbidden: the system's theme, and what the browser says.
      return null
    }
  }
  const theme = stored('theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  // As the app itself chooses, in i18n/start.ts.
  const known = [stored('language'), ...navigator.languages].map((tag) => tag?.slice(0, 2).toLowerCase())
  const language = known.find((tag) => tag === 'zh' || tag === 'en') ?? 'en'
  if (language === 'en') document.documentElement.lang = 'en'

  /** The app takes an answer from here instead of asking again: lib/asked-ahead.ts. */
  const asked = (globalThis.askedAhead = new Map())
  const askAhead = (api, path) => {
    const answer = fetch(api + path, { credentials: api ? 'include' : 'same-origin', signal: AbortSignal.timeout(30_000) })
    // Whoever takes it hears of it; what nobody takes is no matter.
    answer.catch(() => undefined)
    asked.set(path, answer)
  }
  const fetchAhead = (file) => {
    const link = document.createElement('link')
    link.rel = file.endsWith('.css') ? 'preload' : 'modulepreload'
    link.as = file.endsWith('.css') ? 'style' : 'script'
    link.crossOrigin = ''
    link.href = `/${file}`
    document.head.append(link)
  }

  const block = document.getElementById('ahead')
  if (block) {
    const list = JSON.parse(block.textContent)
    askAhead(list.api, '/api/auth/get-session')
    askAhead(list.api, '/api/config')
    const page = list.pages.find(({ at }) => new RegExp(at).test(location.pathname))
    const words = list.words[language]
    // At the front door the page differs for those who are known here. Elsewhere hardly anybody comes as a stranger.
    const isStranger = location.pathname === '/' && stored('known') === null
    for (const file of words.first) fetchAhead(file)
    for (const file of isStranger ? list.stranger : list.person) fetchAhead(file)
    if (page && !isStranger) {
      for (const file of page.files) fetchAhead(file)
      if (page.later) for (const file of words.later) fetchAhead(file)
      for (const path of page.asks) askAhead(list.api, location.pathname.replace(new RegExp(page.at), path))
    }
  }
}
