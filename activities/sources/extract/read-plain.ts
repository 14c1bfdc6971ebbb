import { parseCues } from '../../../shared/script-cues.ts'
import type { Extracted } from './extracted.ts'
import { leftOutOf } from './extracted.ts'

/** Subtitles as running text; who speaks stays where the file says it. */
export function readCues(text: string, format: 'srt' | 'vtt'): Extracted {
  const { lines } = parseCues(text.replace(/\r\n?/g, '\n'), () => undefined, '')
  const words = lines.map(({ speaker, text: said }) => (speaker ? `${speaker}: ${said}` : said).replaceAll('\n', ' '))
  return {
    format,
    title: null,
    text: words.join('\n'),
    leftOut: leftOutOf({ 'cue-times': text.match(/-->/g)?.length ?? 0 }),
  }
}

/** Markdown without what nobody would say: addresses, pictures, the head that programs read. Headings stay, they are chapters. */
export function readMarkdown(text: string): Extracted {
  const body = text.replace(/^\ufeff?---\n[\s\S]*?\n---\n/, '')
  const pictures = /!\[[^\]\n]*\]\([^)\n]*\)/g
  return {
    format: 'markdown',
    title: /^#\s+(.+?)\s*#*$/m.exec(body)?.[1] ?? null,
    text: body
      .replace(pictures, '')
      .replace(/\[([^\]\n]+)\]\([^)\n]*\)/g, '$1')
      .replace(/<!--[\s\S]*?-->/g, '')
      .replace(/(\*\*|__)(?=\S)([^\n]*?\S)\1/g, '$2')
      .replace(/`([^`\n]+)`/g, '$1'),
    leftOut: leftOutOf({ images: body.match(pictures)?.length ?? 0 }),
  }
}

export const readText = (text: string): Extracted => ({ format: 'text', title: null, text, leftOut: [] })
