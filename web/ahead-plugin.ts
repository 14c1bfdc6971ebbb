import type { Plugin, Rolldown } from 'vite'

type Bundle = Rolldown.OutputBundle

/** Where each page lies, what it asks for first, and whether it says words that come later. In the order they are tried. */
const pages = [
  {
    at: '^/episodes/([^/]+)$',
    file: 'episode/EpisodePage.tsx',
    later: true,
    asks: ['/api/episodes/$1', '/api/episodes/$1/script'],
  },
  { at: '^/(new)?$', file: 'new/NewPage.tsx', later: false, asks: [] },
  { at: '^/library$', file: 'library/LibraryPage.tsx', later: false, asks: [] },
  { at: '^/shows$', file: 'shows/ShowsPage.tsx', later: true, asks: [] },
  { at: '^/voices$', file: 'voices/VoicesPage.tsx', later: true, asks: [] },
  { at: '^/usage$', file: 'usage/UsagePage.tsx', later: true, asks: [] },
  { at: '^/settings$', file: 'account/AccountPage.tsx', later: true, asks: [] },
]

/**
 * Writes into index.html which files each page is made of, so that `before-paint.js` can ask for them, and for what the page will ask the API,
 * while the first script is still on its way. Without it a page would come in five journeys, each found by the one before.
 */
export function ahead(): Plugin {
  let api = ''
  return {
    name: 'ahead',
    apply: 'build',
    configResolved({ env }) {
      // Where web and API live on two hosts, as `lib/api.ts` knows it.
      api = String(env['VITE_API_URL'] ?? '')
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        if (!bundle) return html
        const first = closureOf(bundle, 'web/index.html', new Set())
        const filesOf = (file: string) => [...closureOf(bundle, file, first)]
        const list = {
          api,
          stranger: filesOf('front/Front.tsx'),
          person: filesOf('app/SignedIn.tsx'),
          pages: pages.map(({ at, file, later, asks }) => ({ at, files: filesOf(file), later, asks })),
          words: {
            zh: { first: filesOf('zh/all.ts'), later: filesOf('zh/later.ts') },
            en: { first: filesOf('en/all.ts'), later: filesOf('en/later.ts') },
          },
        }
        const block = `<script type="application/json" id="ahead">${JSON.stringify(list).replaceAll('<', String.raw`\u003c`)}</script>`
        return html.replace('<script src="/before-paint.js">', (reader) => `${block}\n    ${reader}`)
      },
    },
  }
}

/** The built file of a source and all it stands on, styles too, less what is there already. */
function closureOf(bundle: Bundle, source: string, without: ReadonlySet<string>): Set<string> {
  const begin = Object.values(bundle).find((one) => one.type === 'chunk' && one.facadeModuleId?.endsWith(`/${source}`))
  if (!begin) throw new Error(`nothing is built of ${source}: name in ahead-plugin.ts what stands at each address now`)
  const found = new Set<string>()
  const visit = (name: string) => {
    const chunk = bundle[name]
    if (found.has(name) || chunk?.type !== 'chunk') return
    found.add(name)
    for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(style)
    for (const other of chunk.imports) visit(other)
  }
  visit(begin.fileName)
  return new Set([...found].filter((name) => !without.has(name)))
}
