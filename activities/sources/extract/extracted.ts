/** What a document or a page can be, by its content. */
export const formats = ['html', 'pdf', 'epub', 'docx', 'srt', 'vtt', 'markdown', 'text'] as const
export type Format = (typeof formats)[number]

/** What is not in the text, and how often: a closed list, which people are told by. */
export const leftOutKinds = [
  'images',
  'tables',
  'around-article',
  'pages-without-text',
  'page-headers',
  'cue-times',
  'unread-parts',
] as const

export interface LeftOut {
  what: (typeof leftOutKinds)[number]
  count: number
}

/** A document as words. `text` is not cleaned yet. */
export interface Extracted {
  format: Format
  title: string | null
  text: string
  leftOut: LeftOut[]
}

/** Every way in which a document cannot be read: a closed list, which people are told by. */
export const unreadableCodes = [
  'file-unknown',
  'file-gone',
  'file-empty',
  'file-damaged',
  'file-encrypted',
  'file-scanned',
  'file-bomb',
  'file-entities',
  'file-timeout',
  'file-memory',
  'source-too-long',
  'nothing-to-say',
] as const
export type UnreadableCode = (typeof unreadableCodes)[number]

/** Why a document cannot be read: it would not be readable the next time either. */
export class SourceUnreadable extends Error {
  readonly code: UnreadableCode

  constructor(code: UnreadableCode, detail: string, cause?: unknown) {
    super(detail, { cause })
    this.name = 'SourceUnreadable'
    this.code = code
  }
}

/** Those that happened, without the noughts. */
export const leftOutOf = (counts: Partial<Record<LeftOut['what'], number>>): LeftOut[] =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => ({ what: what as LeftOut['what'], count }))
