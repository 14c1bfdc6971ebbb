import { createHash } from 'node:crypto'
import { detectLanguage, spokenUnits, splitSentences } from '../../shared/text.ts'
import type { Language } from '../../shared/text.ts'

/** What the product's questions hold, as far as an answer depends on it. */
interface Question {
  task: 'outline' | 'section' | 'notes'
  language: Language
  title?: string
  sections?: number
  speakers?: { name: string }[]
  section?: { title: string; position: number; of: number }
  length?: { characters?: number; words?: number; lines: number }
  before?: { speaker: string; text: string }[]
  passages?: { number: number; text: string }[]
  notes?: { passages: number[]; text: string }[]
  complaint?: string
}

interface Line {
  speaker: string
  text: string
  direction: string | null
  passages: number[]
}

interface Point {
  passages: number[]
  text: string
}

const WORDS = {
  zh: {
    part: (at: number) => `第${at + 1}部分`,
    about: (words: string) => `这一部分讲的是${words}。`,
    stands: (at: number, words: string) => `材料的第${at}处提到${words}，这一点值得仔细想一想。`,
    leads: ['我们来看这一点。', '说得具体一些。', '这里有一个细节。', '换个角度看。', '再往下说。', '举例来说，'],
    open: '欢迎收听，今天我们一起聊聊这个话题。',
    close: '今天就聊到这里，感谢收听，我们下次再见。',
  },
  en: {
    part: (at: number) => `Part ${at + 1}`,
    about: (words: string) => `This part tells about ${words}.`,
    stands: (at: number, words: string) =>
      `Place ${at} of the material mentions ${words}, and that deserves some careful thought.`,
    leads: [
      'Let us look at this.',
      'To be more precise.',
      'There is a detail here.',
      'Seen from another side.',
      'Further on.',
      'For example.',
    ],
    open: 'Welcome, and thank you for listening to this talk with us today.',
    close: 'That is all for today, thank you for listening and goodbye.',
  },
}

/** How far from the length asked for this model writes, the same for the same question: real ones miss by a fifth either way. */
const MISSES = [0.8, 0.9, 1, 1.1, 1.2]

const numberOf = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0)

/** The JSON a model would answer this question with: made of its own material by rule, always the same for the same question. */
export function answerQuestion(input: string, fault?: string): unknown {
  const question = JSON.parse(input) as Question
  if (question.task === 'notes') return notes(question)
  return question.task === 'outline' ? outline(question) : section(question, fault)
}

function pointsOf({ passages = [], notes: given = [], language }: Question): Point[] {
  const points: Point[] = [...given]
  for (const { number, text } of passages) {
    for (const sentence of splitSentences(text, 200)) points.push({ passages: [number], text: told(sentence, number, language) })
  }
  return points
}

// A sentence of another language is told about in the one asked for.
function told(sentence: string, number: number, language: Language): string {
  const plain = sentence.replace(/[#*_`>|[\]]/g, '').trim()
  if (detectLanguage(plain) === language) return /[。！？.!?]$/u.test(plain) ? plain : `${plain}${language === 'zh' ? '。' : '.'}`
  return WORDS[language].stands(number, language === 'zh' ? `第${(number * 7) % 97}个要点` : `point number ${(number * 7) % 97}`)
}

function notes(question: Question): { notes: Point[] } {
  const all = pointsOf(question)
  return { notes: all.filter((_, at) => at % 8 === 0).map(({ passages, text }) => ({ passages, text: text.slice(0, 120) })) }
}

function outline(question: Question) {
  const words = WORDS[question.language]
  const points = pointsOf(question)
  const count = Math.max(1, Math.min(question.sections ?? 1, points.length))
  const sections = Array.from({ length: count }, (_, at) => {
    const own = points.slice(Math.floor((at * points.length) / count), Math.floor(((at + 1) * points.length) / count))
    const first = (own[0]?.text ?? '').replace(/[。.！？!?].*$/su, '').slice(0, question.language === 'zh' ? 14 : 40)
    return {
      title: `${words.part(at)} ${first}`,
      summary: words.about(first),
      passages: [...new Set(own.flatMap(({ passages }) => passages))],
      share: 4 + (numberOf(first) % 4),
    }
  })
  return { title: question.title ?? sections[0]!.summary.replace(/[。.]$/u, ''), sections }
}

function section(question: Question, fault?: string): { lines: Line[] } {
  const { language, section: place, complaint, length = { lines: 1 }, speakers = [] } = question
  const words = WORDS[language]
  const wanted = (length.characters ?? (length.words ?? 0) * 6) * missOf(question, fault)
  const lines: Line[] = []
  let units = 0
  const say = (text: string, passages: number[]): void => {
    const speaker = speakers[(numberOf(JSON.stringify(question.before)) + lines.length) % speakers.length]!.name
    lines.push({ speaker, text, direction: null, passages })
    units += spokenUnits(text, language)
  }
  if (place?.position === 1 && !complaint) say(words.open, [])
  const points = pointsOf(question)
  const told_ = (question.before ?? []).map(({ text }) => text).join('\n')
  for (let at = 0; units < wanted && at < 400; at += 1) {
    const point = points[at % Math.max(1, points.length)]
    const lead = words.leads[(numberOf(told_) + at) % words.leads.length]!
    const round = Math.floor(at / Math.max(1, points.length))
    const again = round > 0 || told_.includes(point?.text ?? '') ? `${words.stands(at + round * 100, words.part(at))} ` : ''
    say(`${lead}${language === 'en' ? ' ' : ''}${again}${point?.text ?? ''}`, point?.passages ?? [])
  }
  if (place && place.position === place.of) say(words.close, [])
  return { lines }
}

function missOf(question: Question, fault: string | undefined): number {
  if (fault === 'too-few-lines') return 0.2
  if (fault === 'too-many-lines') return 8
  return MISSES[numberOf(JSON.stringify([question.section, question.before])) % MISSES.length]!
}
