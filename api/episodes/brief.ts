import { createHash } from 'node:crypto'
import { planTalk } from '../../shared/talk-length.ts'
import { UNITS_PER_SECOND, cleanText, detectLanguage, estimateDurationMs, hasSpeech, spokenUnits } from '../../shared/text.ts'
import type { Language } from '../../shared/text.ts'
import { isWritten, parseScript } from '../../shared/script-format.ts'
import { NOTICES } from '../../shared/notice.ts'
import { pronouncer } from '../../shared/pronunciation.ts'
import type { Pronunciation } from '../../shared/pronunciation.ts'
import { HttpProblem } from '../http/problem.ts'
import type { KnownSource } from '../sources/sources.service.ts'
import type { Brief } from './episodes.schema.ts'

export interface CatalogueVoice {
  id: string
  provider: string
  model: string
  name: string
  languages: string[]
  settings: unknown
}

export interface Speaker {
  name: string
  voiceId: string
  role?: string
}

/** A brief with every default filled in: what is frozen on the episode and what the workflow works from. */
export interface FrozenBrief {
  kind: Brief['kind']
  language: Language
  title: string
  format?: string
  style?: string
  targetMinutes?: number
  speakers: Speaker[]
  review: boolean
  notice: boolean
  m4a: boolean
  budgetMicroUsd?: number
  /** A source is still to be read: what was guessed until then, and how it is made if the guess at the language was wrong. */
  unread?: { isTitleGuessed: boolean; otherwise?: Pick<FrozenBrief, 'language' | 'speakers' | 'notice'> }
}

export interface CleanSource {
  kind: 'text' | 'script' | 'url' | 'file' | 'topic'
  title: string | null
  input: string
  inputHash: string
  uploadId?: string
  /** What it says; `undefined` until it is read. */
  words: string | undefined
}

/** Names that two to six people can be called when nobody names them. */
const usualNames: Record<Language, string[]> = {
  zh: ['林知远', '周棠', '沈一川', '许诺', '顾南', '叶青'],
  en: ['Alex', 'Maya', 'Theo', 'Grace', 'Leo', 'Nora'],
}

/** A talk needs an answer: two speakers unless said otherwise. */
const usualSpeakers = ({ kind, format }: Brief) => (kind === 'narration' || format === 'monologue' ? 1 : 2)

const TITLE_CHARACTERS = 24
/** A topic has no length of its own. */
const TOPIC_MINUTES = 6
/** How long a link or file that nobody has read yet is taken to be: an article. */
const UNREAD_MS = 8 * 60_000
/** What greeting, questions and farewell add to a talk: measured on the two sample episodes. */
const TALK_FRAME_MS = 25_000

/**
 * Judges a brief and fills in what was left open. Throws a problem that says what to do for everything that could
 * not become sound later; after this nothing about the order itself can fail. `known`: the links, files and topics of the brief.
 */
export function freezeBrief(
  brief: Brief,
  voices: CatalogueVoice[],
  known: ReadonlyMap<object, KnownSource> = new Map(),
): { frozen: FrozenBrief; sources: CleanSource[] } {
  const sources = brief.sources.map((source) => cleanSource(source, known))
  requireTalkAboutTopics(brief, sources)
  const script = scriptOf(sources)
  const language = brief.language ?? detectLanguage(sources.map(wordsOrName).join('\n'))
  const isUnread = sources.some(({ words }) => words === undefined)
  const targetMinutes = brief.targetMinutes ?? (sources.every(({ kind }) => kind === 'topic') ? TOPIC_MINUTES : undefined)
  const inLanguage = (spoken: Language) => ({
    language: spoken,
    speakers: castVoices(script ? scriptNames(script, brief) : namesOf(brief, spoken), brief, spoken, voices),
    notice: brief.notice ?? spoken === 'zh',
  })
  const other: Language = language === 'zh' ? 'en' : 'zh'
  return {
    sources,
    frozen: {
      kind: brief.kind,
      ...inLanguage(language),
      title: titleOf(brief, sources),
      ...(brief.format && { format: brief.format }),
      ...(brief.style && { style: brief.style }),
      ...(targetMinutes && { targetMinutes }),
      review: brief.review ?? false,
      m4a: brief.m4a ?? false,
      ...(brief.budgetMicroUsd && { budgetMicroUsd: brief.budgetMicroUsd }),
      ...(isUnread && {
        unread: { isTitleGuessed: !brief.title, ...(!brief.language && { otherwise: inLanguage(other) }) },
      }),
    },
  }
}

const wordsOrName = ({ words, input }: CleanSource): string => words ?? input

function requireTalkAboutTopics({ kind }: Brief, sources: CleanSource[]): void {
  if (kind === 'narration' && sources.some((source) => source.kind === 'topic'))
    throw new HttpProblem(
      'invalid-request',
      'A topic is written about, not read aloud: choose podcast, or give the text itself. Nothing was stored or charged.',
    )
}

/** How much sound will come of it at the pace of its voices. Exact when the words are given, estimated when they are still to be written. */
export function lengthOf(
  frozen: FrozenBrief,
  sources: CleanSource[],
  voices: CatalogueVoice[],
  { dictionary = [], byModel = false }: { dictionary?: readonly Pronunciation[]; byModel?: boolean } = {},
) {
  const isWhole = isGiven(frozen, sources)
  if (!isWhole && byModel) return talkLength(frozen, sources, voices)
  const words = sources.flatMap((source) => source.words ?? [])
  const given = (isWhole && frozen.notice ? [NOTICES[frozen.language], ...words] : words).join('\n')
  const unread = unreadLength(frozen, sources, voices)
  const givenMs = estimateDurationMs(given, frozen.language, paceOf(frozen, voices)) + unread.durationMs
  const durationMs = isWhole ? givenMs : Math.min(givenMs + TALK_FRAME_MS, (frozen.targetMinutes ?? 8) * 60_000)
  const share = durationMs / Math.max(givenMs, 1)
  return {
    exact: isWhole && unread.durationMs === 0,
    characters: Math.round((spokenUnits(given, frozen.language) + unread.characters) * share),
    billedCharacters: Math.ceil((billedIn(frozen, sources, given, dictionary) + unread.characters * BILLED_SHARE) * share),
    durationMs: Math.round(durationMs),
  }
}

/** What links and files that nobody has read yet are taken to be. */
function unreadLength(frozen: FrozenBrief, sources: CleanSource[], voices: CatalogueVoice[]) {
  const durationMs = sources.filter(({ words }) => words === undefined).length * UNREAD_MS
  const pace = paceOf(frozen, voices) ?? UNITS_PER_SECOND[frozen.language]
  return { durationMs, characters: Math.round((durationMs / 1000) * pace) }
}

/** Providers count every character they are sent, respelled words, stops and spaces too; the names in a script are not sent. */
function billedIn(
  { language, notice }: FrozenBrief,
  sources: CleanSource[],
  given: string,
  dictionary: readonly Pronunciation[],
): number {
  const say = pronouncer(dictionary, language)
  if (sources[0]?.kind !== 'script') return [...say(given)].length
  const said = parseScript(sources[0].input).lines.map(({ text }) => text)
  return (notice ? [NOTICES[language], ...said] : said).reduce((sum, text) => sum + [...say(text)].length, 0)
}

/** Whether the words that will be spoken are there already, so that nobody has to write them. */
export const isGiven = ({ kind }: FrozenBrief, sources: CleanSource[]): boolean =>
  kind === 'narration' || sources[0]?.kind === 'script'

/** A model keeps to the length asked for within this share, and stops and spaces are billed too. */
const LENGTH_MARGIN = 1.15
const BILLED_SHARE = 1.2

function talkLength(frozen: FrozenBrief, sources: CleanSource[], voices: CatalogueVoice[]) {
  const { language, targetMinutes } = frozen
  const pace = paceOf(frozen, voices)
  const readMs = sources.reduce((sum, { words }) => sum + estimateDurationMs(words ?? '', language, pace), 0)
  const sourceMs = readMs + unreadLength(frozen, sources, voices).durationMs
  const durationMs = planTalk(sourceMs, targetMinutes).minutes * 60_000
  const characters = (durationMs / 1000) * (pace ?? UNITS_PER_SECOND[language])
  return {
    exact: false,
    characters: Math.round(characters),
    billedCharacters: Math.ceil(characters * LENGTH_MARGIN * BILLED_SHARE),
    durationMs: Math.round(durationMs),
  }
}

/** The pace of the first voice, as the writer plans with it; `undefined` when nobody has measured it. */
function paceOf({ speakers }: FrozenBrief, voices: CatalogueVoice[]): number | undefined {
  const voice = voices.find(({ id }) => id === speakers[0]!.voiceId)
  return (voice?.settings as { unitsPerSecond?: number } | undefined)?.unitsPerSecond
}

function cleanSource(source: Brief['sources'][number], known: ReadonlyMap<object, KnownSource>): CleanSource {
  // Whoever asks has looked them up.
  if (source.type !== 'text' && source.type !== 'script') return known.get(source)!
  const input = cleanText(source.text)
  if (!hasSpeech(input)) {
    throw new HttpProblem('nothing-to-say', 'There is no word in it that a voice could say. Nothing was stored or charged.')
  }
  return {
    kind: source.type,
    title: source.title ? cleanText(source.title) : null,
    input,
    inputHash: createHash('sha256').update(input).digest('hex'),
    words: input,
  }
}

function scriptOf(sources: CleanSource[]): CleanSource | undefined {
  const script = sources.find((source) => source.kind === 'script')
  if (script && sources.length > 1) {
    throw new HttpProblem(
      'invalid-request',
      'A finished script is read as written, so it comes alone. Send it as the only source.',
    )
  }
  return script
}

function scriptNames(script: CleanSource, brief: Brief): string[] {
  const { lines, problems } = parseScript(script.input)
  if (problems.length > 0 || lines.length === 0) {
    const errors = problems.slice(0, 20).map(({ lineNumber, detail }) => ({ path: `line ${lineNumber}`, message: detail }))
    throw new HttpProblem(
      'script-unreadable',
      'Some lines have no speaker. Write each turn as "Name: words". Nothing was stored or charged.',
      { errors },
    )
  }
  const names = [...new Set(lines.map((line) => line.speaker))]
  const declared = brief.speakers?.map((speaker) => speaker.name)
  const missing = declared ? names.filter((name) => !declared.includes(name)) : []
  if (missing.length > 0) {
    throw new HttpProblem(
      'unknown-speaker',
      `The script lets ${missing.join(', ')} speak, who is not among the speakers. Add them or change the names.`,
    )
  }
  if (names.length > 6) throw new HttpProblem('unknown-speaker', `The script has ${names.length} speakers; six can be voiced.`)
  return declared ?? names
}

function namesOf(brief: Brief, language: Language): string[] {
  if (brief.kind === 'narration' && (brief.speakers?.length ?? 1) > 1) {
    throw new HttpProblem('invalid-request', 'A narration has one voice. Choose podcast for several speakers.')
  }
  const names = brief.speakers?.map((speaker) => speaker.name) ?? usualNames[language].slice(0, usualSpeakers(brief))
  if (new Set(names).size < names.length) throw new HttpProblem('invalid-request', 'Two speakers have the same name.')
  return names
}

function castVoices(names: string[], brief: Brief, language: Language, voices: CatalogueVoice[]): Speaker[] {
  const fitting = voices.filter((voice) => voice.languages.includes(language))
  const asked = new Set(brief.speakers?.map((speaker) => speaker.voiceId))
  const free = [...fitting.filter((voice) => !asked.has(voice.id)), ...fitting]
  return names.map((name) => {
    const speaker = brief.speakers?.find((one) => one.name === name)
    const voice = speaker?.voiceId ? voices.find(({ id }) => id === speaker.voiceId) : free.shift()
    if (!voice) {
      throw new HttpProblem(
        'unknown-voice',
        `There is no voice "${speaker?.voiceId ?? language}" that is switched on. GET /api/voices lists those that are.`,
      )
    }
    return { name, voiceId: voice.id, ...(speaker?.role && { role: speaker.role }) }
  })
}

function titleOf(brief: Brief, sources: CleanSource[]): string {
  const given = brief.title && cleanText(brief.title)
  if (given && hasSpeech(given)) return given
  const [source] = sources
  if (source?.title && hasSpeech(source.title)) return source.title
  if (source!.words === undefined) return nameOf(source!)
  // JSON and subtitles begin with marks, not with words.
  const written = source!.words
  const words = source!.kind === 'script' && !isWritten(written) ? parseScript(written).lines[0]!.text : written
  const firstWords = words
    .split('\n')
    .map((line) => line.replace(/^[#>*\-\s]+/, '').trim())
    .find(hasSpeech)!
  const spokenPart = source!.kind === 'script' ? firstWords.replace(/^[^:：]{1,40}[:：]\s*/, '') || firstWords : firstWords
  const firstSentence = spokenPart.split(/(?<=[。！？!?])|(?<=\.)\s/)[0]!
  return shorten(firstSentence.replace(/[。.]$/, ''))
}

/** What a source can be called before it is read. */
function nameOf({ kind, input }: CleanSource): string {
  if (kind === 'url') return new URL(input).hostname.replace(/^www\./, '')
  return shorten(kind === 'file' ? input.replace(/\.\w{1,8}$/, '') : input)
}

/**
 * At most so long, ending where a clause or at least a word ends. Latin titles may be more than twice as long: their letters are
 * half as wide.
 */
function shorten(title: string): string {
  const most = /\p{sc=Han}/u.test(title) ? TITLE_CHARACTERS : TITLE_CHARACTERS * 2.5
  const characters = [...title]
  if (characters.length <= most) return title
  const cut = characters.slice(0, most).join('')
  const clause = cut.match(/^.{8,}(?=[，、：；—]|[,:;]\s)/u)?.[0]
  return clause ?? `${cut.replace(/(?<=\S)\s+[\p{sc=Latin}\d'’-]*$/u, '')}…`
}
