import { detectLanguage, hasSpeech } from '../../shared/text.ts'
import type { Language } from '../../shared/text.ts'
import { BadAnswer } from './model-errors.ts'

// Words that direct a voice or a studio: bracketed they are meant for the page, not the ear.
const STAGE =
  '笑|大笑|微笑|轻笑|苦笑|哭|叹气|叹息|沉默|停顿|音乐|片头|片尾|背景音|掌声|鼓掌|咳嗽|深呼吸|转场|音效|淡入|淡出|laugh|chuckl|sigh|pause|music|intro|outro|applause|clap|cough|beat|sfx|sound|fade|transition|whisper|smil|excited|silence'
const STAGE_INSIDE = new RegExp(
  `\\s*(?:（[^（）]{0,20}(?:${STAGE})[^（）]{0,20}）|\\([^()]{0,20}(?:${STAGE})[^()]{0,20}\\)|[[【][^[\\]【】]{0,20}(?:${STAGE})[^[\\]【】]{0,20}[\\]】]|\\*[^*\\n]{0,20}(?:${STAGE})[^*\\n]{0,20}\\*)`,
  'giu',
)
const ADDRESS = /(?:https?:\/\/|www\.)[^\s，。！？；、）)】」』》"”]+/giu
const EMOJI = /(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|[\u{1f3fb}-\u{1f3ff}]|\ufe0f|\u200d|\u20e3)+/gu

/** What is written for the eye taken out of a line: Markdown, addresses, emoji, stage directions, a name in front. */
export function plainSpeech(raw: string, speakers: readonly string[]): string {
  const text = raw
    .replace(STAGE_INSIDE, '')
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/<\/?[a-z][^<>]{0,80}>/gi, '')
    .replace(ADDRESS, '')
    .replace(/```[a-z]*|~~|`/gi, '')
    .replace(/(\*{1,3}|_{2,3})(?=\S)([^*]+?)\1/gu, '$2')
    .replace(/^\s*(?:#{1,6}|>|[-*+•])\s+/gmu, '')
    .replace(EMOJI, (found) => (/^[©®™0-9#*]+$/u.test(found) ? found : ''))
    .replace(/\s+/g, ' ')
    .replace(/[（(]\s*[）)]/g, '')
    .trim()
  const name = speakers.find((speaker) => text.startsWith(speaker) && /^\s*[:：]/.test(text.slice(speaker.length)))
  return name === undefined ? text : text.slice(name.length).replace(/^\s*[:：]\s*/, '')
}

const REFUSAL =
  /^(?:(?:I['’]m |I am )?(?:very )?sorry,? (?:but )?I (?:can(?:['’]t|not)|am (?:not able|unable))\b.*\b(?:help|assist|comply|provide|create|write|fulfil|generate|with that|request)|I can(?:['’]t|not) (?:help|assist|comply)|As an AI\b|(?:很)?(?:抱歉|对不起)[，,]?我(?:无法|不能)(?:协助|提供|完成|生成|满足|帮|写|继续)|作为(?:一个|一名)?(?:AI|人工智能|语言模型))/iu
const OTHER_LANGUAGE_LETTERS = 60

/** Throws BadAnswer for words nobody should hear: a refusal read aloud, or a line in another language than asked for. */
export function refuseUnspeakable(text: string, language: Language): void {
  if (REFUSAL.test(text)) throw new BadAnswer('model_refused', 'a line refuses instead of talking about the subject')
  const long = (text.match(/\p{L}/gu)?.length ?? 0) >= (language === 'zh' ? OTHER_LANGUAGE_LETTERS : OTHER_LANGUAGE_LETTERS / 4)
  if (long && hasSpeech(text) && detectLanguage(text) !== language) throw wrongLanguage(language)
}

/** The complaint about a text in another language. */
export function wrongLanguage(language: Language): BadAnswer {
  return new BadAnswer('wrong_language', `the words must be in ${language === 'zh' ? 'Chinese (简体中文)' : 'English'}`)
}
