import { type Language, detectLanguage, spokenUnits } from '../../shared/text.ts'
import { plainSentence } from './extract-sentences.ts'
import { PhraseDeck, seededChance, textSeed } from './phrase-deck.ts'
import type { DraftLine, Outline, OutlineRequest, OutlineSection, PassageRef } from './port.ts'
import { TALK_PHRASES, type TalkPhrases } from './talk-phrases.ts'

const TURN_UNITS = 80
const TURN_SENTENCES = 2
const PAUSE_MS = { reply: 300, turn: 500, section: 1_000 }

/** The language most of the sources is written in. */
export function sourceLanguage({ sources }: OutlineRequest): Language {
  return detectLanguage(sources.map(({ text }) => text.slice(0, 20_000)).join('\n'))
}

interface Turn {
  text: string
  refs: PassageRef[]
}

// Neighbouring sentences are said in one breath, up to two and about fifteen seconds.
function turnsOf(section: OutlineSection, { sources }: OutlineRequest): Turn[] {
  const turns: Turn[] = []
  for (const ref of section.passages) {
    const text = plainSentence((sources[ref.source]?.text ?? '').slice(ref.start, ref.end))
    const last = turns.at(-1)
    const joined = last ? `${last.text}${/[\p{sc=Han}。！？…”』」；]$/u.test(last.text) ? '' : ' '}${text}` : text
    if (last && last.refs.length < TURN_SENTENCES && spokenUnits(joined, 'zh') <= TURN_UNITS) {
      last.text = joined
      last.refs.push(ref)
    } else turns.push({ text, refs: [ref] })
  }
  return turns
}

/** Writes the whole talk; made anew for each call, the same for the same request and outline. */
class Talk {
  readonly #request: OutlineRequest
  readonly #outline: Outline
  readonly #phrases: TalkPhrases
  readonly #chance: () => number
  readonly #decks: Record<'questions' | 'reactions' | 'leadIns', PhraseDeck>
  readonly #names: string[]
  readonly #host: number
  #lines: DraftLine[] = []
  #turnsTold = 0
  #repliesSaid = 0

  constructor(request: OutlineRequest, outline: Outline) {
    this.#request = request
    this.#outline = outline
    this.#phrases = TALK_PHRASES[request.language]
    this.#names = request.speakers.map(({ name }) => name)
    if (this.#names.length === 0) this.#names.push(request.language === 'zh' ? '主播' : 'Host')
    this.#host = Math.max(
      0,
      request.speakers.findIndex(({ role = '' }) => /host|主持|主播/i.test(role)),
    )
    this.#chance = seededChance(textSeed([outline.title, ...this.#names, ...request.sources.map(({ text }) => text)].join('\0')))
    const { questions, reactions, leadIns, soloLeadIns } = this.#phrases
    const deck = (phrases: readonly string[]): PhraseDeck => new PhraseDeck(phrases, this.#chance)
    this.#decks = {
      questions: deck(questions),
      reactions: deck(reactions),
      leadIns: deck(this.#names.length > 1 ? leadIns : soloLeadIns),
    }
  }

  sections(): DraftLine[][] {
    const all = this.#outline.sections
    return all.map((section, index) => {
      this.#lines = []
      if (index === 0) this.#open()
      this.#introduce(section, index)
      turnsOf(section, this.#request).forEach((turn, at) => this.#tell(turn, at))
      if (index === all.length - 1) this.#close()
      const last = this.#lines.at(-1)
      if (last) last.pauseAfterMs = PAUSE_MS.section
      return this.#lines
    })
  }

  #say(speaker: number, text: string, pauseAfterMs: number, sourceRefs: PassageRef[] = []): void {
    this.#lines.push({ speaker: this.#names[speaker] as string, text, pauseAfterMs, sourceRefs })
  }

  #others(speaker: number): number[] {
    return this.#names.map((_, index) => index).filter((index) => index !== speaker)
  }

  #open(): void {
    const title = this.#outline.title.replace(/[《》"“”]/g, '')
    const opening = this.#phrases.opening(title, this.#names[this.#host] as string, this.#names.length)
    const needsNote = sourceLanguage(this.#request) !== this.#request.language
    const glue = this.#request.language === 'zh' ? '' : ' '
    this.#say(this.#host, needsNote ? `${opening}${glue}${this.#phrases.untranslated}` : opening, PAUSE_MS.turn)
    this.#others(this.#host).forEach((guest, at) => {
      const greet = this.#phrases.greetings[at % this.#phrases.greetings.length] as (name: string) => string
      this.#say(guest, greet(this.#names[guest] as string), PAUSE_MS.reply)
    })
  }

  #introduce({ title, passages }: OutlineSection, index: number): void {
    const phrases = this.#phrases
    const isNamed = title !== '' && title !== this.#outline.title && title !== phrases.partTitle(index) && passages.length > 1
    if (!isNamed) return index === 0 ? this.#say(this.#host, phrases.start, PAUSE_MS.turn) : undefined
    const next = phrases.nextSections[index % phrases.nextSections.length] as (title: string) => string
    const last = this.#outline.sections.length - 1
    const introduce = index === 0 ? phrases.firstSection : index === last ? phrases.lastSection : next
    this.#say(this.#host, introduce(title.replace(/["“”]/g, '').replace(/[。.]$/, '')), PAUSE_MS.turn)
  }

  // In an interview the guests tell and the host asks; otherwise all take turns, the guests first.
  #teller(): number {
    const guests = this.#others(this.#host)
    const tellers =
      guests.length === 0
        ? [this.#host]
        : /interview|访谈|采访/i.test(this.#request.format ?? '')
          ? guests
          : [...guests, this.#host]
    const turn = this.#turnsTold % tellers.length
    const inOrder = [...tellers.slice(turn), ...tellers.slice(0, turn)]
    const before = this.#lines.at(-1)?.speaker
    return inOrder.find((index) => this.#names[index] !== before) ?? (inOrder[0] as number)
  }

  #tell(turn: Turn, at: number): void {
    const teller = this.#teller()
    this.#turnsTold += 1
    const manner = at === 0 ? 1 : this.#chance()
    if (this.#names.length > 1 && manner < 0.5) this.#reply(teller)
    const leadsIn = manner < (this.#names.length > 1 ? 0.75 : 0.35) && (this.#names.length === 1 || manner >= 0.5)
    const glue = this.#request.language === 'zh' ? '' : ' '
    this.#say(teller, leadsIn ? `${this.#decks.leadIns.deal()}${glue}${turn.text}` : turn.text, PAUSE_MS.turn, turn.refs)
  }

  // Someone who neither just spoke nor speaks next, where there are enough speakers, reacts, asks, or both.
  #reply(teller: number): void {
    const before = this.#lines.at(-1)?.speaker
    const others = this.#others(teller)
    const free = others.filter((index) => this.#names[index] !== before)
    const speakers = free.length > 0 ? free : others
    const glue = this.#request.language === 'zh' ? '' : ' '
    const kind = this.#chance()
    const question = (): string => this.#decks.questions.deal()
    const reaction = (): string => this.#decks.reactions.deal()
    const isOwnWord = free.length === 0
    const text = kind < 0.4 || isOwnWord ? question() : kind < 0.65 ? reaction() : `${reaction()}${glue}${question()}`
    this.#say(speakers[this.#repliesSaid % speakers.length] as number, text, PAUSE_MS.reply)
    this.#repliesSaid += 1
  }

  #close(): void {
    this.#say(this.#host, this.#phrases.closing(this.#names.length), PAUSE_MS.reply)
    const [guest] = this.#others(this.#host)
    const farewell = this.#phrases.farewells[Math.floor(this.#chance() * this.#phrases.farewells.length)] as string
    if (guest !== undefined) this.#say(guest, farewell, PAUSE_MS.turn)
  }
}

/** The lines of each section of the talk. Every speaker speaks; sentences keep the source's words and order. */
export function composeTalk(request: OutlineRequest, outline: Outline): DraftLine[][] {
  return new Talk(request, outline).sections()
}
