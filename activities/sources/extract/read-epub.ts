import { posix } from 'node:path'
import { DOMParser } from 'linkedom'
import type { Extracted } from './extracted.ts'
import { SourceUnreadable, leftOutOf } from './extracted.ts'
import { Zip } from './open-zip.ts'
import { countTags, htmlToText } from './read-html.ts'

/** Fonts are often obscured, which is no protection of the words. */
const FONT_ALGORITHMS = /idpf\.org\/2008\/embedding|ns\.adobe\.com\/pdf\/enc/

interface XmlElement {
  getAttribute(name: string): string | null
  textContent: string | null
}

/** A book, chapter by chapter in the order of its spine. Parts it names but does not have are counted. */
export async function readEpub(bytes: Uint8Array): Promise<Extracted> {
  const zip = await Zip.open(bytes)
  await requireUnprotected(zip)
  const container = await zip.readXml('META-INF/container.xml')
  const packagePath = elements(container, 'rootfile')[0]?.getAttribute('full-path')
  const packageXml = packagePath ? await zip.readXml(packagePath) : undefined
  if (!packagePath || !packageXml) throw new SourceUnreadable('file-damaged', 'The book has no list of its parts.')
  const manifest = new Map(elements(packageXml, 'item').map((item) => [item.getAttribute('id'), item.getAttribute('href')]))
  const chapters: string[] = []
  const counts = { 'unread-parts': 0, images: 0 }
  for (const reference of elements(packageXml, 'itemref')) {
    const href = manifest.get(reference.getAttribute('idref'))
    const html = href && (await zip.readXml(pathOf(packagePath, href)))
    if (!html) counts['unread-parts'] += 1
    else {
      chapters.push(htmlToText(html).trim())
      counts.images += countTags(html, 'img') + countTags(html, 'image')
    }
  }
  const title = elements(packageXml, 'dc:title')[0]?.textContent?.trim() || null
  return { format: 'epub', title, text: chapters.filter(Boolean).join('\n\n'), leftOut: leftOutOf(counts) }
}

async function requireUnprotected(zip: Zip): Promise<void> {
  const encryption = await zip.readXml('META-INF/encryption.xml')
  const algorithms = [...(encryption ?? '').matchAll(/EncryptionMethod[^>]*Algorithm\s*=\s*["']([^"']*)/g)].map(
    ([, name]) => name!,
  )
  if (algorithms.some((name) => !FONT_ALGORITHMS.test(name)))
    throw new SourceUnreadable('file-encrypted', 'The book is protected against copying (DRM).')
}

function elements(xml: string | undefined, name: string): XmlElement[] {
  if (!xml) return []
  return [...new DOMParser().parseFromString(xml, 'text/xml').getElementsByTagName(name)] as XmlElement[]
}

function pathOf(packagePath: string, href: string): string {
  const plain = href.replace(/[?#].*$/, '')
  let decoded = plain
  try {
    decoded = decodeURIComponent(plain)
  } catch {
    // It is a name with a percent sign in it.
  }
  return posix.join(posix.dirname(packagePath), decoded)
}
