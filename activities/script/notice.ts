import { NOTICES } from '../../shared/notice.ts'
import type { Language } from '../../shared/text.ts'
import type { DraftLine } from './port.ts'

const PAUSE_MS = 600
const SAYS_SO: Record<Language, RegExp> = {
  zh: /(人工智能|AI)[^。！？]*(合成|生成)|(合成|生成)[^。！？]*(人工智能|AI)/u,
  en: /artificial intelligence|\bAI\b|synthetic voice/iu,
}

/**
 * Puts the audible notice in front of an episode's first section: an ordinary line, so that it is paid, kept and shown like any other,
 * and is in every export. Not where the script's own first line says it.
 */
export async function* withNotice<End>(
  drafts: AsyncGenerator<DraftLine, End>,
  { speaker, language }: { speaker: string; language: Language },
): AsyncGenerator<DraftLine, End> {
  const first = await drafts.next()
  if (first.done) return first.value
  if (!SAYS_SO[language].test(first.value.text))
    yield { speaker, text: NOTICES[language], pauseAfterMs: PAUSE_MS, sourceRefs: [] }
  yield first.value
  return yield* drafts
}
