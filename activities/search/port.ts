/** A page that may tell about a topic. */
export interface Finding {
  title: string
  url: string
  /** What the search shows of it; may be empty. */
  excerpt: string
}

/** Somebody who knows where a topic is written about. Throws SearchFailed, or the signal's reason when stopped. */
export interface SearchProvider {
  readonly name: string
  /** At most `count` findings, the best first. */
  search(topic: string, options: { language: 'zh' | 'en'; count: number; signal: AbortSignal }): Promise<Finding[]>
}

/** Why a search brought nothing. `isLasting`: asked again it would not either, before somebody mends the settings. */
export class SearchFailed extends Error {
  readonly isLasting: boolean

  constructor(detail: string, { isLasting, cause }: { isLasting: boolean; cause?: unknown }) {
    super(detail, { cause })
    this.name = 'SearchFailed'
    this.isLasting = isLasting
  }
}
