import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const papers = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...markdownIn('docs'), ...markdownIn('deploy')]

function markdownIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))
}

/** As GitHub names the headings of a paper. */
const anchorsOf = (paper: string) =>
  [...readFileSync(paper, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

function leadsNowhere(from: string, target: string): boolean {
  const [path, anchor] = target.split('#')
  const file = path ? join(dirname(from), path) : from
  return !existsSync(file) || (anchor !== undefined && !anchorsOf(file).includes(anchor))
}

it.each(papers)('%s: every link leads somewhere', (paper) => {
  const links = [...readFileSync(paper, 'utf8').matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, target]) => target!)
  expect(links.filter((target) => leadsNowhere(paper, target))).toEqual([])
})

it('every alert leads to what is to be done', () => {
  const runbooks = [...readFileSync('deploy/alerts/rules.yml', 'utf8').matchAll(/runbook: (\S+)/g)].map(([, target]) => target!)
  expect(runbooks.length).toBeGreaterThanOrEqual(9)
  expect(runbooks.filter((target) => leadsNowhere('README.md', target))).toEqual([])
})
