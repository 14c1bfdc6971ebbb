import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Found {
  violations: { id: string; help: string; nodes: { target: string[]; html: string }[] }[]
}

/** What axe-core finds wrong with the page as it is now: each rule with the first places; none where all is well. */
export async function violationsOf(page: Page): Promise<string[]> {
  // Evaluated, not added as a script: the page's own content policy forbids that.
  await page.evaluate(axe)
  const { violations } = await page.evaluate<Found>(`axe.run(document, { resultTypes: ['violations'] })`)
  return violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help} (${nodes
        .slice(0, 3)
        .map(({ target, html }) => `${target.join(' ')} ${html.slice(0, 160)}`)
        .join(' | ')})`,
  )
}
