import { existsSync } from 'node:fs'
import { run } from '../launcher/run-program.ts'
import { runsAsRoot } from '../launcher/folders.ts'
import { StartError } from '../launcher/start-error.ts'

const debianPackages: Record<string, string> = {
  'libxml2.so.2': 'libxml2',
  'libssl.so.3': 'libssl3',
  'libcrypto.so.3': 'libssl3',
  'libgssapi_krb5.so.2': 'libgssapi-krb5-2',
  'liblz4.so.1': 'liblz4-1',
  'libzstd.so.1': 'libzstd1',
  'libz.so.1': 'zlib1g',
  'libreadline.so.8': 'libreadline8',
}

/** The Debian packages for what `ldd` reports missing; a library that is not in our list is named itself. */
export function packagesForMissing(lddOutput: string): string[] {
  const missing = [...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map(([, library]) => library!)
  return [...new Set(missing.map((library) => debianPackages[library] ?? library))]
}

/**
 * Checks that the machine has what Postgres takes from it. As root on Debian what is missing is installed, saying so;
 * otherwise throws a `StartError` with the command that installs it.
 */
export async function ensureSharedLibraries(program: string, news: (text: string) => void): Promise<void> {
  if (process.platform !== 'linux') return
  const { stdout } = await run('ldd', [program])
  const packages = [...packagesForMissing(stdout), ...(existsSync('/usr/share/zoneinfo') ? [] : ['tzdata'])]
  if (!packages.length) return
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`
  if (!runsAsRoot || !existsSync('/usr/bin/apt-get'))
    throw new StartError(`Postgres needs system packages that are missing: ${packages.join(', ')}`, `sudo ${command}`)
  news(`missing system packages: running ${command}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-q'], { env })
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env })
}
