import type { Line } from './checklist.ts'

const secretNames = /SECRET|PASSWORD|TOKEN|DSN|(^|_)KEY$|_URL$/

/** The parts of settings that must never be shown: keys and passwords, also those inside addresses. */
export function secretsIn(env: NodeJS.ProcessEnv): string[] {
  const named = Object.entries(env).filter(([name, value]) => value && secretNames.test(name))
  const found = named.flatMap(([name, value]) => {
    if (!URL.canParse(value!)) return [value!]
    const { password, username } = new URL(value!)
    return [decodeURIComponent(password), password, name.includes('DSN') ? username : '']
  })
  return found.filter((secret) => secret.length >= 6)
}

/** A line as it stands on the screen, without any of `secrets`. */
export function shown({ name, verdict, found, mend }: Line, secrets: string[]): string {
  const text = [
    `${verdict.padEnd(8)}  ${name.padEnd(14)}${found ? `  ${found}` : ''}`.trimEnd(),
    ...(mend ? [`${' '.repeat(10)}to mend: ${mend}`] : []),
  ].join('\n')
  return secrets.reduce((kept, secret) => kept.replaceAll(secret, '***'), text)
}
