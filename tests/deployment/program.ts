import { spawn } from 'node:child_process'

export type Ended = { code: number | null; said: string }

/** Runs one of our programs to its end, with these settings and no others of the product. */
export function program(args: string[], settings: Record<string, string | undefined>): Promise<Ended> {
  return new Promise((resolve) => {
    const { PATH, HOME } = process.env
    const child = spawn(process.execPath, args, { env: { PATH, HOME, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
    child.once('close', (code) => resolve({ code, said }))
  })
}

/** The verdict of each line of a list, by its name. */
export const verdicts = (said: string): Record<string, string> =>
  Object.fromEntries(
    [...said.matchAll(/^(ok|failed|left out) +(\S+(?: \S+)*?)(?: {2,}.*)?$/gm)].map(([, verdict, name]) => [name!, verdict!]),
  )
