import { beforeAll, describe, expect, it } from 'vitest'
import { frozenFor } from '../faults/frozen.ts'
import { mailTo, mailsTo, tokenIn } from '../setup/mail.ts'
import { Person, readRun } from '../setup/person.ts'
import { rows } from '../setup/store.ts'

const run = readRun()
const password = 'a long password'
const LONGER_THAN_A_CALL_MS = 13_000

async function signUp(language: 'zh' | 'en'): Promise<{ person: Person; email: string }> {
  const [person, email] = [new Person(run), `${crypto.randomUUID()}@example.com`]
  await person.ok('POST', '/api/auth/sign-up/email', { name: 'Somebody', email, password, language })
  return { person, email }
}

const narration = (title: string, more: object = {}) => ({
  kind: 'narration',
  notice: false,
  title,
  sources: [{ type: 'text', text: `A sentence that is called ${title}.` }],
  ...more,
})

it('waits for a mail server that hangs, and is sent once', async () => {
  const frozen = frozenFor(run.pids.mail!, LONGER_THAN_A_CALL_MS)
  const { person, email } = await signUp('en')
  const { id } = await person.who()
  await frozen
  await mailTo(run, email, 1, 60_000)
  await expect
    .poll(() => rows(run, 'SELECT status::text FROM mails WHERE user_id = $1', [id]), { timeout: 30_000 })
    .toEqual([{ status: 'done' }])
  expect(await mailsTo(run, email)).toHaveLength(1)
})

describe('news of an episode', () => {
  let person: Person
  let email: string
  const subjects = async () => (await mailsTo(run, email)).map(({ subject }) => subject)

  beforeAll(async () => {
    ;({ person, email } = await signUp('en'))
    await person.ok('GET', `/api/auth/verify-email?token=${encodeURIComponent(tokenIn(await mailTo(run, email)))}`)
  })

  it('comes when it is ready, once, with the way to it', async () => {
    const { id } = await person.order(narration('the first'))
    await person.ready(id)
    const mail = await mailTo(run, email, 2)
    expect(mail.subject).toBe('Ready to hear: the first')
    expect(mail.text).toContain(`${run.settings.PUBLIC_URL}/episodes/${id}`)
    expect(await subjects()).toEqual(['Ready to hear: the first', 'Confirm your address'])
  })

  it('comes when it waits for somebody', async () => {
    const { id } = await person.order(narration('the second', { review: true }))
    await person.until(id, ({ status }) => status === 'review')
    const mail = await mailTo(run, email, 3)
    expect(mail.subject).toBe('Waiting for you: the second')
    expect(mail.text).toContain('before it is voiced')
    expect((await person.ask('POST', `/api/episodes/${id}/cancel`)).ok).toBe(true)
  })

  it('does not come to whoever does not want it, nor to an address that nobody has confirmed', async () => {
    await person.ok('PATCH', '/api/account', { mailNotices: false })
    const stranger = await signUp('en')
    await mailTo(run, stranger.email)
    for (const who of [person, stranger.person]) {
      const { id } = await who.order(narration(`the third of ${who === person}`))
      await who.ready(id)
    }
    // Whoever gets mail again gets the next one, so the missing ones would be there by then.
    await person.ok('PATCH', '/api/account', { mailNotices: true })
    const { id } = await person.order(narration('the fourth'))
    await person.ready(id)
    expect((await mailTo(run, email, 4)).subject).toBe('Ready to hear: the fourth')
    expect(await mailsTo(run, stranger.email)).toHaveLength(1)
  })
})
