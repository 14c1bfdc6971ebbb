import { goThrough } from './checklist.ts'
import type { Check } from './checklist.ts'
import { secretsIn, shown } from './screen.ts'

/** Goes through a list as a program: prints it line by line and ends with 1 when one failed. */
export async function runList(title: string, checks: Check[], without: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const unknown = without.filter((name) => !checks.some((check) => check.name === name))
  if (unknown.length > 0) return refuse(`--without knows ${checks.map(({ name }) => name).join(', ')}; not ${unknown.join(', ')}`)
  const secrets = secretsIn(env)
  console.log(`${title}\n`)
  const failed = await goThrough(checks, new Set(without), (line) => console.log(shown(line, secrets)))
  const left = without.length > 0 ? `, ${without.length} left out` : ''
  console.log(`\n${checks.length - failed - without.length} ok, ${failed} failed${left}`)
  process.exitCode = failed > 0 ? 1 : 0
}

/** Ends the program because it was called wrongly. */
export function refuse(reason: string): void {
  console.error(reason)
  process.exitCode = 2
}
