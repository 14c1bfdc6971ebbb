import mammoth from 'mammoth'
import type { Extracted } from './extracted.ts'
import { leftOutOf } from './extracted.ts'
import { Zip } from './open-zip.ts'
import { countTags, htmlToText } from './read-html.ts'

/** A Word document: headings, paragraphs, lists and tables, footnotes at the end. */
export async function readDocx(bytes: Uint8Array): Promise<Extracted> {
  const zip = await Zip.open(bytes)
  // The library unpacks what it wants without a bound of its own, so every part it could want is unpacked here first.
  for (const name of zip.names) if (/\.(?:xml|rels)$/i.test(name)) await zip.readXml(name)
  const { value: html } = await mammoth.convertToHtml({ buffer: Buffer.from(bytes) }, { convertImage: noImage })
  const core = (await zip.readXml('docProps/core.xml')) ?? ''
  const stated = /<dc:title>([^<]{1,300})<\/dc:title>/.exec(core)?.[1]
  const heading = /<h1\b[^>]*>([\s\S]{1,500}?)<\/h1>/.exec(html)?.[1]
  const title = htmlToText(stated ?? heading ?? '').trim() || null
  return { format: 'docx', title, text: htmlToText(html), leftOut: leftOutOf({ images: countTags(html, 'img') }) }
}

/** A picture is counted, never unpacked. */
const noImage = mammoth.images.imgElement(() => Promise.resolve({ src: '' }))
