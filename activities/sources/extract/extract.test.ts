import { spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { extractInChild, rights } from './extract-in-child.ts'
import { SourceUnreadable } from './extracted.ts'
import { docxParts, epubParts, page, paragraph, pdf, songFont, widePage, zip } from './test-documents.ts'

const signal = new AbortController().signal
const read = (bytes: Uint8Array | string, contentType?: string) => extractInChild(Buffer.from(bytes), { signal, contentType })

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('it was read'),
    (reason: unknown) => reason,
  )
  if (!(error instanceof SourceUnreadable)) throw error
  expect(error.message.length).toBeGreaterThan(10)
  return error.code
}

const chapter = '<h1>第一章</h1><p>从前有一座山，山里有一座庙。</p><p>庙里有个老和尚，正在给小和尚讲故事。</p>'
const story = '今天我们来讲一个关于河流的故事。河从雪山上下来，穿过峡谷，走过平原，最后流进大海。沿岸的人们靠它生活，也为它修堤。'
const article = (charset: string, paragraphs = 6) =>
  `<!doctype html><html lang="zh"><head><meta charset="${charset}"><title>河流的故事</title></head><body><nav><a href="/">首页</a><a href="/a">频道甲</a></nav><article><h1>河流的故事</h1>${`<p>${story}</p>`.repeat(paragraphs)}<img src="a.png"></article><footer>版权所有 某某网</footer></body></html>`

describe('what is read', () => {
  it('a page: its article, its title, and what stood around', async () => {
    const { format, title, text, leftOut } = await read(article('utf-8'), 'text/html; charset=utf-8')
    expect({ format, title }).toEqual({ format: 'html', title: '河流的故事' })
    expect(text).toContain('最后流进大海')
    expect(text).not.toMatch(/频道甲|版权所有/)
    expect(leftOut).toEqual(expect.arrayContaining([{ what: 'images', count: 1 }]))
  })

  // Written down by another program (Python's codecs): 今天天气很好，我们去爬山。
  const encoded: [label: string, hex: string][] = [
    ['gb2312', 'bdf1ccecccecc6f8badcbac3a3acced2c3c7c8a5c5c0c9bda1a3'],
    ['big5', 'a4b5a4d1a4d1aef0abdca66ea141a7daadcca568aaa6a473a143'],
  ]
  it.each(encoded)('a page that states %s', async (label, hex) => {
    const body = Buffer.from(hex, 'hex')
    const html = Buffer.concat([
      Buffer.from(`<html><head><meta charset="${label}"><title>t</title></head><body><p>`),
      body,
      Buffer.from('</p></body></html>'),
    ])
    expect((await read(html)).text).toMatch(/今天天[气氣]很好，我[们們]去爬山。/)
  })

  it('a page in GBK of which only its server says so, and in GB18030 with a character of four bytes', async () => {
    const [, gbk] = encoded[0]!
    const body = Buffer.concat([Buffer.from('<html><body><p>'), Buffer.from(gbk, 'hex'), Buffer.from('</p></body></html>')])
    for (const charset of ['gbk', 'GB2312', 'x-gbk', 'gb18030'])
      expect((await read(body, `text/html; charset=${charset}`)).text).toContain('今天天气很好，我们去爬山。')
    // 㐀 is 8139ee39 there, and in no smaller set.
    const rare = Buffer.concat([
      Buffer.from('<html><head><meta charset="gb18030"></head><body><p>'),
      Buffer.from(`8139ee39${gbk}`, 'hex'),
      Buffer.from('</p></body></html>'),
    ])
    expect((await read(rare)).text).toContain('㐀今天天气很好')
  })

  it.each(encoded)('text in %s that says nothing of itself, when there is enough of it', async (_label, hex) => {
    const body = Buffer.concat(Array.from({ length: 40 }, () => Buffer.from(`${hex}0a`, 'hex')))
    expect((await read(body)).text).toMatch(/今天天[气氣]很好，我[们們]去爬山。/)
  })

  it('a header that lies about the encoding is not believed', async () => {
    expect((await read(article('utf-8'), 'text/html; charset=shift_jis')).text).toContain('最后流进大海')
  })

  it.each([
    ['UTF-16 with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(story, 'utf16le')])],
    ['UTF-16, the other way round', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(story, 'utf16le').swap16()])],
    ['UTF-8 with a mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(story)])],
  ])('text in %s', async (_name, bytes) => {
    expect(await read(bytes)).toMatchObject({ format: 'text', text: story })
  })

  it('Markdown without its addresses, its head and its pictures', async () => {
    const { format, title, text, leftOut } = await read(
      '---\nauthor: x\n---\n# 一篇\n\n看[这里](https://a.example/b)，**很重要**。\n\n![图](a.png)\n',
    )
    expect({ format, title, leftOut }).toEqual({ format: 'markdown', title: '一篇', leftOut: [{ what: 'images', count: 1 }] })
    expect(text.trim()).toBe('# 一篇\n\n看这里，很重要。')
  })

  it('subtitles as running text', async () => {
    const srt = '1\n00:00:01,000 --> 00:00:02,000\n<i>今天</i>天气\n\n2\n00:00:02,000 --> 00:00:04,000\n很好。\n'
    expect(await read(srt)).toMatchObject({ format: 'srt', text: '今天天气 很好。', leftOut: [{ what: 'cue-times', count: 2 }] })
    const vtt = await read(`WEBVTT\n\n${srt.replaceAll(',', '.')}`)
    expect(vtt).toMatchObject({ format: 'vtt', leftOut: [{ what: 'cue-times', count: 2 }] })
    expect(vtt.text).toMatch(/今天天气/)
  })

  it('a book, in the order of its spine', async () => {
    const { format, title, text } = await read(zip(epubParts([chapter, '<p>第二章的话。<img src="x.png"/></p>'])))
    expect({ format, title }).toEqual({ format: 'epub', title: '一本书' })
    expect(text).toMatch(/第一章[\s\S]*从前有一座山[\s\S]*第二章的话。/)
  })

  it('a Word document', async () => {
    const { format, text } = await read(zip(docxParts(paragraph('标题', 'Heading1') + paragraph('正文的第一段。'))))
    expect(format).toBe('docx')
    expect(text).toMatch(/标题\n+正文的第一段。/)
  })

  it('a PDF: broken lines joined, what stands on every page left out', async () => {
    const linesOf = (number: number) => [
      `Rivers of the world ${number}`,
      `In part ${'one two three four'.split(' ')[number]} a river comes down from the mountains, passes through`,
      `the gorge and the plain of ${'abcd'[number]}, and ends in the sea after a long way.`,
      `People ${'wxyz'[number]} live by it.`,
    ]
    const { format, text, leftOut } = await read(pdf([1, 2, 3].map((number) => page(linesOf(number)))))
    expect(format).toBe('pdf')
    expect(text).toContain('passes through the gorge and the plain')
    expect(text).not.toContain('Rivers of the world')
    expect(leftOut).toEqual([{ what: 'page-headers', count: 3 }])
  })

  it('a PDF whose Chinese font is named only', async () => {
    const sentence = story.slice(0, story.indexOf('。') + 1)
    expect((await read(pdf([widePage(sentence)], songFont))).text).toBe(sentence)
  })
})

const words = (text: string) => `<p>${text}</p>`
const MB = 1024 * 1024
const laughs = `<!DOCTYPE lolz [<!ENTITY a "lol">${'bcdefghij'
  .split('')
  .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefghij'[index]};`.repeat(10)}">`)
  .join('')}]>`
const outside = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
const encrypt =
  '/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <0102030405060708091011121314151617181920212223242526272829303132> /U <0102030405060708091011121314151617181920212223242526272829303132> >> /ID [<01020304> <01020304>]'
const withPart = (parts: ReturnType<typeof docxParts>, name: string, change: (body: string) => string) =>
  parts.map((part) => (part.name === name ? { ...part, body: change(String(part.body)) } : part))

const attacks: [name: string, bytes: () => Uint8Array | string, codes: string[]][] = [
  ['nothing', () => '', ['file-empty']],
  ['a picture', () => Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'), ['file-unknown']],
  ['a program', () => Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(4096)]), ['file-unknown']],
  ['only noughts', () => Buffer.alloc(100_000), ['file-unknown']],
  [
    'random bytes',
    () => Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * 7919 * (index + 13)) % 251)),
    ['file-unknown'],
  ],
  ['an old Word document', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2048)]), ['file-unknown']],
  [
    'a Word document with a password',
    () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512), Buffer.from('EncryptedPackage', 'utf16le')]),
    ['file-encrypted'],
  ],
  ['rich text', () => '{\\rtf1\\ansi hello}', ['file-unknown']],
  ['an archive of anything', () => zip([{ name: 'a.txt', body: 'hello' }]), ['file-unknown']],
  ['an archive cut in the middle', () => zip(docxParts(paragraph('好'))).subarray(0, 400), ['file-damaged']],
  [
    'an archive of 20,000 parts',
    () => zip([...docxParts(paragraph('好')), ...Array.from({ length: 20_000 }, (_, index) => ({ name: `${index}`, body: '' }))]),
    ['file-bomb'],
  ],
  [
    'names that lead out of the archive',
    () => zip([...docxParts(paragraph('好')), { name: '../../etc/passwd', body: 'x' }]),
    ['file-damaged'],
  ],
  [
    'a zip bomb as Word',
    () => zip([...docxParts(paragraph('好')), { name: 'word/styles.xml', body: Buffer.alloc(300 * MB, 32) }]),
    ['file-bomb'],
  ],
  [
    'a zip bomb as a book',
    () =>
      zip([
        ...epubParts([chapter]).filter(({ name }) => !name.endsWith('chapter 0.xhtml')),
        { name: 'OEBPS/text/chapter 0.xhtml', body: Buffer.alloc(300 * MB, 32) },
      ]),
    ['file-bomb'],
  ],
  [
    'a zip bomb that lies about its size',
    () => zip([...docxParts(paragraph('好')), { name: 'word/styles.xml', body: Buffer.alloc(300 * MB, 32), statedBytes: 100 }]),
    ['file-bomb', 'file-damaged'],
  ],
  [
    'a billion laughs in Word',
    () => zip(withPart(docxParts(paragraph('&j;')), 'word/document.xml', (body) => body.replace('?>', `?>${laughs}`))),
    ['file-entities'],
  ],
  [
    'a billion laughs in a book',
    () => zip(withPart(epubParts([chapter]), 'OEBPS/content.opf', (body) => body.replace('?>', `?>${laughs}`))),
    ['file-entities'],
  ],
  [
    'an outside entity in Word',
    () => zip(withPart(docxParts(paragraph('&x;')), 'word/document.xml', (body) => body.replace('?>', `?>${outside}`))),
    ['file-entities'],
  ],
  [
    'an outside entity in a book',
    () => zip(withPart(epubParts([words('&x;')]), 'OEBPS/text/chapter 0.xhtml', (body) => body.replace('?>', `?>${outside}`))),
    ['file-entities'],
  ],
  [
    'an outside entity in UTF-16',
    () =>
      zip(
        docxParts('').map((part) =>
          part.name === 'word/document.xml'
            ? {
                ...part,
                body: Buffer.concat([
                  Buffer.from([0xff, 0xfe]),
                  Buffer.from(`<?xml version="1.0" encoding="utf-16"?>${outside}<a/>`, 'utf16le'),
                ]),
              }
            : part,
        ),
      ),
    ['file-entities'],
  ],
  [
    'a book under lock',
    () =>
      zip([
        ...epubParts([chapter]),
        {
          name: 'META-INF/encryption.xml',
          body: '<encryption><EncryptedData><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></EncryptedData></encryption>',
        },
      ]),
    ['file-encrypted'],
  ],
  [
    'a part with a password',
    () => zip(docxParts(paragraph('好')).map((part) => ({ ...part, isEncrypted: part.name === 'word/document.xml' }))),
    ['file-encrypted'],
  ],
  [
    'a book without a list of its parts',
    () => zip(epubParts([chapter]).filter(({ name }) => !name.endsWith('.opf'))),
    ['file-damaged'],
  ],
  [
    'a Word document of nothing',
    () => zip(withPart(docxParts(''), 'word/document.xml', () => 'no xml at all')),
    ['file-damaged'],
  ],
  ['a PDF with a password', () => pdf([page(['secret'])], { trailer: encrypt }), ['file-encrypted']],
  ['a scan', () => pdf(['q 100 0 0 100 0 0 cm Q', 'q Q', '']), ['file-scanned']],
  ['a scan with page numbers', () => pdf([1, 2, 3, 4].map((number) => page([String(number)]))), ['file-scanned']],
  ['a PDF in name only', () => '%PDF-1.7\nhello', ['file-damaged']],
  ['a PDF cut in the middle', () => pdf([page(['hello'])]).subarray(0, 120), ['file-damaged', 'file-scanned']],
  [
    'a PDF whose page is a bomb',
    () => {
      const packed = deflateSync(Buffer.alloc(1024 * MB, 32)).toString('latin1')
      return pdf([page(['hello'])], {
        more: [`<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n${packed}\nendstream`],
      })
        .toString('latin1')
        .replace(/\/Contents \d+ 0 R/, '/Contents 4 0 R')
    },
    ['file-memory', 'file-timeout', 'file-damaged', 'file-scanned', 'file-bomb'],
  ],
  [
    'a PDF whose pages are their own parents',
    () =>
      pdf([page(['x'])])
        .toString('latin1')
        .replace(/\/Kids \[[^\]]*\]/, '/Kids [2 0 R]')
        .padEnd(200),
    ['file-damaged', 'file-scanned', 'file-timeout'],
  ],
  ...['..\\..\\evil.xml', '/etc/passwd', 'C:\\evil.xml'].map((name): (typeof attacks)[number] => [
    `a part called ${name}`,
    () => zip([...docxParts(paragraph('好')), { name, body: 'x' }]),
    ['file-damaged'],
  ]),
  [
    'archives within an archive',
    () => zip([{ name: 'a.zip', body: zip([{ name: 'b.zip', body: zip(docxParts(paragraph('好'))) }]) }]),
    ['file-unknown'],
  ],
  [
    'an archive whose list of parts lies outside of it',
    () => {
      const bytes = zip(docxParts(paragraph('好')))
      bytes.writeUInt32LE(0xfffffff0, bytes.length - 6)
      return bytes
    },
    ['file-damaged'],
  ],
  [
    'a parameter entity that leads elsewhere',
    () =>
      zip(
        withPart(docxParts(paragraph('好')), 'word/document.xml', (body) =>
          body.replace('?>', '?><!DOCTYPE d [<!ENTITY % x SYSTEM "http://169.254.169.254/">%x;]>'),
        ),
      ),
    ['file-entities'],
  ],
  [
    'a Word document 200,000 tables deep',
    () => zip(docxParts('<w:tbl><w:tr><w:tc>'.repeat(200_000))),
    ['file-damaged', 'file-memory', 'file-timeout'],
  ],
  [
    'a book whose list of parts leads out of it',
    () =>
      zip(
        withPart(epubParts([chapter]), 'META-INF/container.xml', (body) =>
          body.replace('OEBPS/content.opf', '../../../../etc/passwd'),
        ),
      ),
    ['file-damaged'],
  ],
  [
    'a book that says one chapter a hundred thousand times',
    () =>
      zip(
        withPart(epubParts([words('x'.repeat(100_000))]), 'OEBPS/content.opf', (body) =>
          body.replace('<itemref idref="c0"/>', '<itemref idref="c0"/>'.repeat(100_000)),
        ),
      ),
    ['file-bomb'],
  ],
  ['a PDF of 3,001 pages', () => pdf(Array<string>(3001).fill(page(['x']))), ['source-too-long']],
  [
    'a PDF that says it has a billion pages',
    () =>
      pdf([page(['x'])])
        .toString('latin1')
        .replace('/Count 1', '/Count 1000000000'),
    ['source-too-long', 'file-damaged', 'file-scanned'],
  ],
  [
    'a PDF whose lists of objects lead in a circle',
    () => pdf([page(['x'])], { trailer: '/Prev 9' }),
    ['file-damaged', 'file-scanned', 'file-timeout'],
  ],
  [
    'a PDF that runs a program when it is opened',
    () =>
      pdf([page(['x'])])
        .toString('latin1')
        .replace('/Type /Catalog', '/Type /Catalog /OpenAction << /S /JavaScript /JS (for(;;);) >>'),
    ['file-scanned', 'file-damaged'],
  ],
  [
    'a PDF whose font is a bomb',
    () => {
      const packed = deflateSync(Buffer.alloc(400 * MB)).toString('latin1')
      return pdf([page(['x'])], {
        font: '<< /Type /Font /Subtype /TrueType /BaseFont /Bomb /FontDescriptor 4 0 R >>',
        more: [
          '<< /Type /FontDescriptor /FontName /Bomb /Flags 32 /FontFile2 5 0 R >>',
          `<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n${packed}\nendstream`,
        ],
      })
    },
    ['file-memory', 'file-timeout', 'file-damaged', 'file-scanned'],
  ],
  ...(
    [
      ['JPEG', 'ffd8ffe000104a46494600010100000100010000'],
      ['MP3', '494433040000000000000000fffb9064000000000000000000000000'],
      ['gzip', '1f8b08000000000000034b4c4a06000000000000'],
      ['7z', '377abcaf271c0004000000000000000000000000'],
      ['RAR', '526172211a0701000000000000000000'],
    ] as const
  ).map(([kind, head]): (typeof attacks)[number] => [
    `a ${kind}, whatever it is called`,
    () => Buffer.concat([Buffer.from(head, 'hex'), Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 31) % 23))]),
    ['file-unknown'],
  ]),
]

describe('what is refused, by its name, and soon', () => {
  it('has fifty of them', () => expect(attacks.length).toBeGreaterThanOrEqual(50))

  it.each(attacks)('%s', async (_name, make, codes) => {
    const made = make()
    const bytes = typeof made === 'string' ? Buffer.from(made, 'latin1') : made
    expect(codes).toContain(await refusal(read(bytes)))
  })
})

describe('what leads elsewhere', () => {
  it('chapters outside of their book are none of its parts', async () => {
    const parts = withPart(epubParts([chapter, chapter]), 'OEBPS/content.opf', (body) =>
      body.replace('text/chapter%201.xhtml', '..%2F..%2F..%2F..%2Fetc%2Fpasswd'),
    )
    const { text, leftOut } = await read(zip(parts))
    expect(text).toContain('从前有一座山')
    expect(text).not.toContain('root:')
    expect(leftOut).toContainEqual({ what: 'unread-parts', count: 1 })
  })

  it('a picture, a style and a document type at other addresses are not asked for', async () => {
    let asked = 0
    const server = createServer((_req, res) => void ((asked += 1), res.end('secret')))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const away = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`
    const body = `<link rel="stylesheet" href="${away}"/><img src="${away}"/><p>${story}</p><iframe src="${away}"></iframe>`
    const [html, book] = await Promise.all([
      read(`<!DOCTYPE html SYSTEM "${away}"><html><body>${body}</body></html>`, 'text/html'),
      read(
        zip(
          withPart(epubParts([body]), 'OEBPS/text/chapter 0.xhtml', (xml) =>
            xml.replace('?>', `?><!DOCTYPE html SYSTEM "${away}">`),
          ),
        ),
      ),
    ])
    await new Promise((resolve) => server.close(resolve))
    expect([html.text, book.text].every((text) => text.includes('最后流进大海'))).toBe(true)
    expect(asked).toBe(0)
  })
})

describe('pages made to hurt', () => {
  it.each([
    ['100,000 elements deep', () => `<html><body>${'<div>'.repeat(100_000)}深处的话${'</div>'.repeat(100_000)}</body></html>`],
    ['a million attributes', () => `<html><body><p ${'a=b '.repeat(1_000_000)}>话</p></body></html>`],
    ['a comment without end', () => `<html><body><p>话</p><!--${'x'.repeat(5 * MB)}`],
    ['two million elements', () => `<html><body>${'<b>x</b>'.repeat(2_000_000)}</body></html>`],
  ])(
    '%s: read or refused, and nothing else is hurt',
    async (_name, html) => {
      const bounds = { deadlineMs: 20_000, maxMemoryBytes: 768 * MB }
      const end = await extractInChild(Buffer.from(html()), { signal, contentType: 'text/html', bounds }).catch(
        (error: unknown) => error,
      )
      if (end instanceof Error) expect(end).toBeInstanceOf(SourceUnreadable)
      else expect(end).toMatchObject({ format: 'html' })
    },
    60_000,
  )
})

describe('the process it is read in', () => {
  it('may read its own code, and neither settings nor the system nor anything else', () => {
    const look = (path: string) =>
      spawnSync(process.execPath, [...rights, '-e', `require('node:fs').readFileSync(${JSON.stringify(path)})`], {
        encoding: 'utf8',
        env: {},
      })
    expect(look(`${process.cwd()}/shared/text.ts`).status).toBe(0)
    for (const path of [`${process.cwd()}/.env.example`, '/etc/passwd', '/proc/self/environ'])
      expect(look(path).stderr).toContain('ERR_ACCESS_DENIED')
    const starts = spawnSync(process.execPath, [...rights, '-e', `require('node:child_process').execSync('true')`], {
      encoding: 'utf8',
      env: {},
    })
    expect(starts.stderr).toContain('ERR_ACCESS_DENIED')
  })

  it('is killed when it takes too long', async () => {
    const bounds = { deadlineMs: 1, maxMemoryBytes: 768 * MB }
    expect(await refusal(extractInChild(Buffer.from(story), { signal, bounds }))).toBe('file-timeout')
  })

  it('is killed when it takes too much memory', async () => {
    const bounds = { deadlineMs: 30_000, maxMemoryBytes: 20 * MB }
    expect(await refusal(extractInChild(Buffer.from(story), { signal, bounds }))).toBe('file-memory')
  })

  it('ends with its signal, for the reason given', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const work = extractInChild(Buffer.from(story), { signal: controller.signal })
    controller.abort(reason)
    await expect(work).rejects.toBe(reason)
  })
})
