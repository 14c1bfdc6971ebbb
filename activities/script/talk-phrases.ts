import type { Language } from '../../shared/text.ts'

/** What speakers say between the extracted sentences. None of it claims anything about the content. */
export interface TalkPhrases {
  opening(title: string, host: string, speakers: number): string
  untranslated: string
  greetings: readonly ((name: string) => string)[]
  start: string
  partTitle(index: number): string
  firstSection(title: string): string
  nextSections: readonly ((title: string) => string)[]
  lastSection(title: string): string
  questions: readonly string[]
  reactions: readonly string[]
  leadIns: readonly string[]
  soloLeadIns: readonly string[]
  closing(speakers: number): string
  farewells: readonly string[]
}

const zh: TalkPhrases = {
  opening: (title, host, speakers) =>
    speakers > 1
      ? `大家好，欢迎收听《${title}》，我是${host}。声音由人工智能合成。这是本地预览：由规则摘录原文改写成的对谈，观点和说法都出自原文。`
      : `大家好，欢迎收听《${title}》，我是${host}。声音由人工智能合成。这是本地预览：由规则摘录原文整理成的讲述，观点和说法都出自原文。`,
  untranslated: '另外，原文是英文，这里没有翻译，摘录的句子会照原样念出来。',
  greetings: [
    (name) => `大家好，我是${name}。`,
    (name) => `我是${name}，很高兴和大家一起聊。`,
    (name) => `嗨，我是${name}。`,
    (name) => `各位好，${name}在这儿。`,
  ],
  start: '那我们就从头说起。',
  partTitle: (index) => `第${index + 1}部分`,
  firstSection: (title) => `先来看“${title}”。`,
  nextSections: [
    (title) => `接下来是“${title}”。`,
    (title) => `再来看“${title}”这一部分。`,
    (title) => `下面说说“${title}”。`,
    (title) => `我们转到“${title}”。`,
  ],
  lastSection: (title) => `最后看看“${title}”。`,
  questions: [
    '那接下来呢？',
    '具体是怎么说的？',
    '能再展开讲讲吗？',
    '后面还提到了什么？',
    '这里有没有更细的内容？',
    '还有别的要点吗？',
    '然后呢？',
    '那原文接着怎么说？',
    '还有什么值得留意的？',
    '往下是怎么写的？',
    '下一个要点是什么？',
    '这部分还讲了些什么？',
  ],
  reactions: [
    '嗯，明白了。',
    '好，这一点记下了。',
    '这么一说就清楚多了。',
    '有意思。',
    '原来是这么回事。',
    '这句话可以多想一想。',
    '好的，听懂了。',
    '嗯，这里我会再听一遍。',
    '这一段信息量不小。',
    '了解了。',
  ],
  leadIns: [
    '原文是这么说的。',
    '我接着讲。',
    '还有一点。',
    '我再补充一段。',
    '接着往下看。',
    '我摘的是这一段。',
    '往下是这样写的。',
    '我来念一段。',
    '我这里还有一条。',
    '这个地方也值得听听。',
  ],
  soloLeadIns: [
    '接着往下看。',
    '还有一点。',
    '下面这段也值得听听。',
    '原文接着写道。',
    '再看这一处。',
    '我们往下读。',
    '再来看一段。',
  ],
  closing: (speakers) =>
    `好，今天就${speakers > 1 ? '聊' : '讲'}到这里。刚才的内容都摘自原文，想了解全貌，不妨把原文完整读一遍。感谢收听，下次再见。`,
  farewells: ['谢谢大家，再见。', '我们下次再聊。', '再见，祝大家一切顺利。'],
}

const en: TalkPhrases = {
  opening: (title, host, speakers) =>
    `Hello and welcome to "${title}". I'm ${host}. This is a local preview: a ${speakers > 1 ? 'conversation' : 'talk'} put together by rules from sentences of the source, so every claim in it is the source's own.`,
  untranslated: 'The source is in Chinese. Nothing is translated here, so its sentences are read as they stand.',
  greetings: [
    (name) => `Hi everyone, I'm ${name}.`,
    (name) => `${name} here, good to be with you.`,
    (name) => `And I'm ${name}.`,
    (name) => `Hello, this is ${name}.`,
  ],
  start: "Let's start from the beginning.",
  partTitle: (index) => `Part ${index + 1}`,
  firstSection: (title) => `First up: "${title}".`,
  nextSections: [
    (title) => `Next comes "${title}".`,
    (title) => `Let's move on to "${title}".`,
    (title) => `Now for the part on "${title}".`,
    (title) => `That brings us to "${title}".`,
  ],
  lastSection: (title) => `And finally, "${title}".`,
  questions: [
    'So what comes next?',
    'How does the source put it?',
    'Can you take us a little further?',
    'What else does it mention?',
    'Is there more detail on that?',
    'Any other points here?',
    'And then?',
    'How does it go on?',
    'What else should we keep in mind?',
    'What does the text say after that?',
    "What's the next point?",
    'What else is in this part?',
  ],
  reactions: [
    'I see.',
    'Okay, noted.',
    'That makes it clearer.',
    'Interesting.',
    'So that is how it works.',
    'That one is worth thinking about.',
    'Right, got it.',
    'I may need to hear that again.',
    "There's a lot in that.",
    'Understood.',
  ],
  leadIns: [
    'The source puts it this way.',
    "I'll pick it up from there.",
    'One more thing.',
    'Let me add a passage.',
    'Reading on.',
    'Here is the bit I marked.',
    'It continues like this.',
    'Let me read you a part.',
    'I have another one here.',
    'This one is worth hearing too.',
  ],
  soloLeadIns: [
    'Reading on.',
    'One more thing.',
    'The next passage is worth hearing too.',
    'The source goes on.',
    'Here is another point.',
    "Let's continue.",
    'Here is one more passage.',
  ],
  closing: () =>
    "That's it for today. Everything you heard came from the source, and the full text has the complete picture. Thanks for listening, and goodbye.",
  farewells: ['Thanks everyone, goodbye.', 'Until next time.', 'Bye, take care.'],
}

export const TALK_PHRASES: Record<Language, TalkPhrases> = { zh, en }
