import { Readability } from '@mozilla/readability'
import { convert } from 'html-to-text'
import { parseHTML } from 'linkedom'
import type { Extracted } from './extracted.ts'
import { leftOutOf } from './extracted.ts'

/** More elements than this are not weighed one against the other: the whole page is read. */
const MAX_ELEMENTS = 60_000
const NO_WORDS = ['script', 'style', 'noscript', 'template', 'svg', 'iframe', 'object', 'form', 'button', 'select']
const AROUND = ['nav', 'header', 'footer', 'aside']

/** HTML as plain text: a line a block, a blank line between paragraphs; links and pictures are words or nothing. */
export const htmlToText = (html: string, skipped: string[] = []): string =>
  convert(html, {
    wordwrap: false,
    limits: { maxDepth: 200, maxInputLength: 1 << 25 },
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'img', format: 'skip' },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
      { selector: 'ul', options: { itemPrefix: '' } },
      { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } },
      { selector: 'rt', format: 'skip' },
      { selector: 'rp', format: 'skip' },
      { selector: 'hr', format: 'skip' },
      ...[...NO_WORDS, ...skipped].map((selector) => ({ selector, format: 'skip' })),
    ],
  })

/** How many of these tags begin in it. */
export const countTags = (html: string, tag: string): number => html.match(new RegExp(`<${tag}\\b`, 'gi'))?.length ?? 0

/**
 * The article of a page, as Firefox's reader view finds it, and its title; where there is no article, the whole page without what stands
 * around. `leftOut` counts the characters around the article.
 */
export function readHtml(html: string): Extracted {
  const whole = htmlToText(html, AROUND)
  const article = articleOf(html)
  const found = article ? htmlToText(article.content).trim() : ''
  // A page of lists has no article: then a sliver of it must not be taken for the whole.
  const isArticle = found.length >= 140 && found.length * 8 >= whole.length
  const text = isArticle ? found : whole
  const shown = isArticle ? article!.content : html
  return {
    format: 'html',
    title: article?.title || titleOf(html),
    text,
    leftOut: leftOutOf({
      'around-article': isArticle ? Math.max(0, whole.length - found.length) : 0,
      images: countTags(shown, 'img'),
    }),
  }
}

function articleOf(html: string): { title: string; content: string } | undefined {
  const { document } = parseHTML(/<html\b/i.test(html) ? html : `<html><body>${html}</body></html>`)
  try {
    const article = new Readability(document as never, { maxElemsToParse: MAX_ELEMENTS }).parse()
    return article?.content ? { title: article.title?.trim() ?? '', content: article.content } : undefined
  } catch {
    // Pages are broken in more ways than it knows; the whole page can be read all the same.
    return undefined
  }
}

const titleOf = (html: string): string | null => {
  const inner = /<title\b[^>]*>([\s\S]{0,1000}?)<\/title/i.exec(html)?.[1] ?? /<h1\b[^>]*>([\s\S]{0,1000}?)<\/h1/i.exec(html)?.[1]
  return (inner && htmlToText(inner).trim()) || null
}
