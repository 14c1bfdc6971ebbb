/** Text that may stand in a page or a feed as it is. */
export interface Markup {
  readonly markup: string
}

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** What XML 1.0 has no way to say, not even escaped: one of these and no app reads the feed. */
const unsayable = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]|\p{Surrogate}/gu
const escape = (text: string) => text.replace(unsayable, '').replace(/[&<>"']/g, (sign) => signs[sign]!)

type Part = string | number | Markup | readonly Markup[] | null | undefined | false

const partOf = (part: Part): string => {
  if (part === null || part === undefined || part === false) return ''
  if (typeof part !== 'object') return escape(String(part))
  return 'markup' in part ? part.markup : part.map(partOf).join('')
}

/**
 * HTML or XML with values in it. Every value is escaped unless it is markup itself, so no text of a person can become a tag or leave an attribute;
 * `null`, `undefined` and `false` leave nothing.
 */
export const markup = (text: TemplateStringsArray, ...parts: Part[]): Markup => ({
  markup: text.reduce((whole, piece, index) => whole + piece + partOf(parts[index]), ''),
})

/** Markup of our own, as it stands. */
export const raw = (text: string): Markup => ({ markup: text })
