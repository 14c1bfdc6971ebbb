import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { waitForLock } from './launcher/file-lock.ts'
import { run } from './launcher/run-program.ts'
import { StartError } from './launcher/start-error.ts'
import { explainPip } from './servers/fetch-wheels.ts'

/** Schemathesis and all it stands on, each with the hashes of its wheels. How it is made again stands in its first lines. */
const requirements = join(import.meta.dirname, '../tests/schemathesis/requirements.txt')
const OLDEST_PYTHON = 11

/**
 * The Python that has Schemathesis, in a virtual environment of its own in the cache, made when it is not there yet: whole or not at all, and safe to
 * run twice at once. It asks for pip alone, not for `ensurepip`, which Debian packs apart. Throws a `StartError` naming the remedy when Python, pip or
 * the network is missing.
 */
export async function findSchemathesis({ cache, news }: { cache: string; news: (text: string) => void }): Promise<string> {
  const python = await pythonVersion()
  const pins = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)
  const home = join(cache, `schemathesis-${pins}-python${python}`)
  const program = join(home, 'bin/python')
  if (existsSync(program)) return program
  mkdirSync(cache, { recursive: true, mode: 0o755 })
  const release = await waitForLock(join(cache, 'schemathesis.lock'), ({ pid }) =>
    news(`process ${pid} is fetching Schemathesis: waiting`),
  )
  try {
    if (!existsSync(program)) await install(cache, home, { python, news })
    return program
  } finally {
    release()
  }
}

async function pythonVersion(): Promise<string> {
  const { stdout } = await run('python3', ['-c', "import sys; print('%d.%d' % sys.version_info[:2])"]).catch((error: Error) => {
    throw explainPip(error, 'Schemathesis')
  })
  const [major, minor] = stdout.trim().split('.').map(Number)
  if (major === 3 && minor! >= OLDEST_PYTHON) return stdout.trim()
  throw new StartError(
    `Schemathesis needs Python 3.${OLDEST_PYTHON} or newer, and this is ${stdout.trim()}`,
    `install Python 3.${OLDEST_PYTHON} or newer with its pip as python3, then start again`,
  )
}

async function install(
  cache: string,
  home: string,
  { python, news }: { python: string; news: (text: string) => void },
): Promise<void> {
  news(`fetching Schemathesis from PyPI into ${cache} (about a minute, once)`)
  const workshop = mkdtempSync(join(cache, 'fetching-'))
  try {
    const venv = join(workshop, 'venv')
    await run('python3', ['-m', 'venv', '--without-pip', venv])
    const pip = ['install', '--no-deps', '--only-binary=:all:', '--require-hashes', '--no-input', '--disable-pip-version-check']
    const into = ['--quiet', '--target', join(venv, `lib/python${python}/site-packages`), '-r', requirements]
    await run('python3', ['-m', 'pip', ...pip, ...into])
    renameSync(venv, home)
  } catch (error) {
    throw explainPip(error as Error, 'Schemathesis')
  } finally {
    rmSync(workshop, { recursive: true, force: true })
  }
}
