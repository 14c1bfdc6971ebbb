import { Trouble } from '../checklist/checklist.ts'

const ASK_MS = 30_000
const read = (url: URL) => fetch(url, { redirect: 'follow', signal: AbortSignal.timeout(ASK_MS) })

/** Whether a page of an app comes, with its script, from every address inside it, and an old script's address does not answer with a page. */
export async function lookAtPages(base: URL, inside: string): Promise<string> {
  const html = await pageAt(base)
  const deep = await pageAt(new URL(inside, base))
  const script = /<script[^>]+src="([^"]*\/assets\/[^"]+)"/.exec(html)?.[1]
  if (!script)
    throw new Trouble(`${base.href} has no script under /assets/`, 'look at the build: is it the folder dist that is served?')
  if (!deep.includes(script))
    throw new Trouble(`${inside} is another page`, 'every address must be rewritten to index.html (vercel.json, Caddyfile)')
  const asset = await read(new URL(script, base))
  const cached = asset.headers.get('cache-control') ?? ''
  if (!asset.ok || !/javascript/.test(asset.headers.get('content-type') ?? ''))
    throw new Trouble(
      `${script} answered ${asset.status} ${asset.headers.get('content-type')}`,
      'page and files are of two builds: deploy again',
    )
  if (!cached.includes('immutable') || !cached.includes('max-age=31536000'))
    throw new Trouble(
      `${script} may be kept for: ${cached || 'nothing said'}`,
      '/assets/* needs Cache-Control: public, max-age=31536000, immutable',
    )
  const gone = await read(new URL(script.replace(/[^/]+$/, 'gone-0.js'), base))
  if (gone.ok) throw new Trouble('a script that is gone is answered with a page', 'leave /assets/ out of the rewrite')
  return `${base.pathname} and ${inside}, ${(await asset.arrayBuffer()).byteLength >> 10} KB of script, kept for a year`
}

async function pageAt(url: URL): Promise<string> {
  const answer = await read(url)
  const html = await answer.text()
  if (!answer.ok || !/text\/html/.test(answer.headers.get('content-type') ?? ''))
    throw new Trouble(
      `${url.href} answered ${answer.status} ${answer.headers.get('content-type')}`,
      'is the web app built and served there?',
    )
  const missing = ['content-security-policy', 'x-content-type-options', 'referrer-policy'].filter(
    (name) => !answer.headers.get(name),
  )
  if (missing.length > 0)
    throw new Trouble(`${url.href} comes without ${missing.join(', ')}`, 'a proxy or the page host drops the security headers')
  return html
}
