/** What a mail says. */
export interface Written {
  subject: string
  text: string
}

type Words = Record<string, string>
type Language = 'zh' | 'en'
interface Page {
  subject: (words: Words) => string
  lines: (words: Words) => string[]
}

const greeting = { zh: '你好，', en: 'Hello,' }
const farewell = { zh: 'AIMake', en: 'AIMake' }
const notYou = {
  zh: '如果不是你本人操作，忽略这封邮件即可，什么都不会改变。',
  en: 'If that was not you, ignore this mail: nothing changes.',
}
const needs: Record<string, Record<Language, string>> = {
  needs_repair: {
    zh: '有几句没能读出来，改一下文字或换个声音就能继续。',
    en: 'Some lines could not be voiced. Reword them or choose another voice, and it goes on.',
  },
  paused_budget: {
    zh: '预算用完了，加一点就能继续。已经做好的都保留着。',
    en: 'Its budget is used up. Raise it and it goes on; what is made is kept.',
  },
  review: { zh: '稿子写好了，等你看过再开始配音。', en: 'The script is written and waits for you before it is voiced.' },
}
const link = ({ link: address = '' }: Words) => address
const title = ({ title: name = '' }: Words) => name.replaceAll(/\s+/g, ' ')

/** Each kind of mail in both languages. */
const pages: Record<string, Record<Language, Page>> = {
  verify: {
    zh: {
      subject: () => '请确认你的邮箱',
      lines: (words) => ['点下面的链接确认这个邮箱，24 小时内有效：', link(words), notYou.zh],
    },
    en: {
      subject: () => 'Confirm your address',
      lines: (words) => ['Follow this link to confirm this address. It works for 24 hours:', link(words), notYou.en],
    },
  },
  'change-email': {
    zh: {
      subject: () => '确认更换邮箱',
      lines: (words) => [
        `你的账户要换成 ${words.newEmail ?? ''}。同意的话点下面的链接，新邮箱会再收到一封确认信：`,
        link(words),
        notYou.zh,
      ],
    },
    en: {
      subject: () => 'Change of your address',
      lines: (words) => [
        `Your account is to move to ${words.newEmail ?? ''}. If you agree, follow this link; the new address then gets a mail of its own:`,
        link(words),
        notYou.en,
      ],
    },
  },
  reset: {
    zh: {
      subject: () => '重设密码',
      lines: (words) => ['点下面的链接设一个新密码，1 小时内有效，只能用一次：', link(words), notYou.zh],
    },
    en: {
      subject: () => 'Choose a new password',
      lines: (words) => ['Follow this link to choose a new password. It works for an hour, and once:', link(words), notYou.en],
    },
  },
  registered: {
    zh: {
      subject: () => '你已经有账户了',
      lines: (words) => ['有人用这个邮箱注册，但你早就有账户了。直接登录，或者在登录页重设密码：', link(words), notYou.zh],
    },
    en: {
      subject: () => 'You have an account already',
      lines: (words) => [
        'Somebody signed up with this address, but you have an account already. Sign in, or choose a new password there:',
        link(words),
        notYou.en,
      ],
    },
  },
  ready: {
    zh: { subject: (words) => `可以听了：${title(words)}`, lines: (words) => [`「${title(words)}」做好了：`, link(words)] },
    en: { subject: (words) => `Ready to hear: ${title(words)}`, lines: (words) => [`"${title(words)}" is ready:`, link(words)] },
  },
  'needs-you': {
    zh: {
      subject: (words) => `在等你：${title(words)}`,
      lines: (words) => [`「${title(words)}」停在这里等你。${needs[words.status ?? '']?.zh ?? ''}`, link(words)],
    },
    en: {
      subject: (words) => `Waiting for you: ${title(words)}`,
      lines: (words) => [`"${title(words)}" waits for you. ${needs[words.status ?? '']?.en ?? ''}`, link(words)],
    },
  },
}

/** A mail of this kind, in Chinese unless its reader wants English. Throws for a kind that nobody has written. */
export function write(kind: string, language: string, words: Words): Written {
  const page = pages[kind]
  if (!page) throw new Error(`nobody has written a mail of kind ${kind}`)
  const tongue = language === 'en' ? 'en' : 'zh'
  const { subject, lines } = page[tongue]
  return { subject: subject(words), text: [greeting[tongue], ...lines(words), farewell[tongue]].join('\n\n') }
}
