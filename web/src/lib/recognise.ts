import type { Language } from './types.ts'

export interface Recognised {
  language: Language
  /** Chinese: characters; English: words. */
  amount: number
  characters: number
  /** The web addresses, when there is nothing else: one or a few, a line each. */
  links: string[]
  /** Who speaks, when it reads like a finished script. */
  scriptSpeakers: string[] | null
}

const han = /\p{Script=Han}/gu
const word = /[\p{Script=Latin}\p{N}]+(?:['’-][\p{Script=Latin}\p{N}]+)*/gu
const bareLink = /^(?:https?:\/\/|www\.)\S+$/i
const spoken = /^\s*(?:\*\*)?[[【]?([^:：[\]【】*]{1,40}?)[\]】]?(?:\*\*)?\s*[:：]\s*(?:\*\*)?\s*[^\s/]/u
const noName = /^\P{L}|[。！？!?，,；;、/\\<>|"“”=]|^(?:https?|mailto|tel)$|(?:说|写道|例如|比如|包括|如下)$/iu

/** What somebody put into the box. A first look only: the server reads it properly. */
export function recognise(text: string): Recognised {
  // The beginning tells the language; counting is for all of it.
  const start = text.slice(0, 4_000)
  const language = count(start, han) >= count(start, word) ? 'zh' : 'en'
  const amount = language === 'zh' ? count(text, han) : count(text, word)
  return {
    language: count(start, han) + count(start, word) === 0 ? 'zh' : language,
    amount,
    characters: text.trim().length,
    links: linksIn(text),
    scriptSpeakers: speakersIn(text),
  }
}

const mostLinks = 10

function linksIn(text: string): string[] {
  const lines = text.split(/\s+/).filter(Boolean)
  const isLinks = lines.length > 0 && lines.length <= mostLinks && lines.every((line) => bareLink.test(line))
  return isLinks ? [...new Set(lines.map((line) => (/^www\./i.test(line) ? `https://${line}` : line)))] : []
}

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0

/** A script has nearly all its lines as `name: words`, and somebody speaks twice. */
function speakersIn(text: string): string[] | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^\s*#/.test(line))
  const names = lines.flatMap((line) => spoken.exec(line)?.[1]?.trim() ?? []).filter((name) => !noName.test(name))
  const distinct = [...new Set(names)]
  const looksRight = lines.length >= 2 && names.length / lines.length >= 0.7
  const fewSpeakOften = distinct.length <= 6 && (names.length > distinct.length || distinct.length === 2)
  return looksRight && fewSpeakOften ? distinct : null
}
