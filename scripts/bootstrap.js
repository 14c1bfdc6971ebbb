// Installs what package-lock.json names when it is not installed yet. Plain JavaScript without dependencies,
// because it runs on the machine's own Node (20 or newer) before anything of ours is there.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir, userInfo } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const checkout = dirname(dirname(fileURLToPath(import.meta.url)))
const oldestNodeForInstall = 20
const nodeForProgram = 24
const say = (text) => console.log(`aimake: ${text}`)

/** Ends the process with a message and the one thing to do about it. */
function giveUp(message, remedy) {
  console.error(`aimake: ${message}\n        ${remedy}`)
  process.exit(1)
}

const readLock = (path) => JSON.parse(readFileSync(path, 'utf8')).packages

/**
 * Says how the installed packages differ from the lockfile, or undefined when they do not.
 * Compares contents (npm keeps its own record in node_modules), since a clone's file times say nothing.
 */
function installedDiffers(lock) {
  const record = join(checkout, 'node_modules/.package-lock.json')
  if (!existsSync(record)) return 'nothing is installed yet'
  const installed = readLock(record)
  const same = (path) => installed[path]?.version === lock[path]?.version && installed[path]?.integrity === lock[path]?.integrity
  const changed = Object.keys(installed).filter((path) => !same(path))
  const missing = Object.keys(lock).filter((path) => path && !installed[path] && !lock[path].optional && !lock[path].link)
  const differing = changed.length + missing.length
  return differing ? `${differing} packages differ from package-lock.json` : undefined
}

/** True while the process that wrote the lock still lives. */
function holderLives(lockFolder) {
  try {
    process.kill(Number(readFileSync(join(lockFolder, 'pid'), 'utf8')), 0)
    return true
  } catch (error) {
    if (error.code === 'EPERM') return true
    return error.code === 'ENOENT' && existsSync(lockFolder) && Date.now() - statSync(lockFolder).mtimeMs < 2000
  }
}

/** Runs `work` while no other bootstrap of this checkout runs; waits for one that does. */
async function alone(work) {
  const key = createHash('sha256').update(checkout).digest('hex').slice(0, 16)
  const lockFolder = join(tmpdir(), `aimake-install-${userInfo().uid}-${key}`)
  for (let told = false; ;) {
    try {
      mkdirSync(lockFolder)
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (!holderLives(lockFolder)) rmSync(lockFolder, { recursive: true, force: true })
      else if (!told) told = !say('another install of this checkout is running: waiting for it')
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
  }
  writeFileSync(join(lockFolder, 'pid'), String(process.pid))
  const release = () => rmSync(lockFolder, { recursive: true, force: true })
  process.once('exit', release)
  await work()
  release()
}

/** The npm that called us, run by the Node that runs it; otherwise the npm on PATH (never through our own node_modules, which is about to be replaced). */
function npmCommand() {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env
  const ours = join(checkout, 'node_modules')
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(ours))
    .join(delimiter)
  if (npm?.endsWith('.js') && node && !node.startsWith(ours)) return { command: node, before: [npm], path }
  return { command: 'npm', before: [], path }
}

const unpacked = (paths) => paths.filter((path) => existsSync(join(checkout, path, 'package.json'))).length

/** Runs `npm ci` without package scripts (nothing here needs them, several would download) and tells every five seconds how far it is. */
async function install(lock) {
  const startedMs = Date.now()
  const paths = Object.keys(lock).filter((path) => path && (!lock[path].optional || existsSync(join(checkout, path))))
  const seconds = () => ((Date.now() - startedMs) / 1000).toFixed(0)
  const npm = npmCommand()
  const child = spawn(npm.command, [...npm.before, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: checkout,
    env: { ...process.env, PATH: npm.path },
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', (text) => (complaints += text))
  const ticker = setInterval(() => say(`  ${unpacked(paths)} of ${paths.length} packages unpacked, ${seconds()} s`), 5000)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.once(signal, () => child.kill(signal) && setTimeout(() => process.exit(130), 1000))
  const code = await new Promise((resolve) =>
    child.once('error', (error) => resolve(error.code)).once('exit', (status, signal) => resolve(status ?? signal)),
  )
  clearInterval(ticker)
  if (code !== 0) explainFailure(code, complaints)
  say(`${Object.keys(readLock(join(checkout, 'node_modules/.package-lock.json'))).length} packages installed in ${seconds()} s`)
}

function explainFailure(code, complaints) {
  if (code === 'ENOENT') giveUp('npm was not found', 'install Node 20 or newer together with npm, then run the command again')
  process.stderr.write(complaints)
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET/.test(complaints)) {
    giveUp(
      'the package registry cannot be reached',
      'check the network (or the proxy: npm config get proxy), then run the command again',
    )
  }
  if (/EACCES|EPERM/.test(complaints))
    giveUp('node_modules cannot be written', `give this folder to yourself: sudo chown -R "$USER" ${JSON.stringify(checkout)}`)
  giveUp(`npm ci ended with ${code}`, 'the lines above say why; "npm ci" alone repeats it')
}

/**
 * Checks that npm scripts will find Node 24: the one in node_modules/.bin, or the machine's own. npm 10 makes no link to the carried one,
 * because the package for the other kind of processor, which it skips, has a program of the same name.
 */
function checkNodeForProgram() {
  const link = join(checkout, 'node_modules/.bin/node')
  const carried = `node-${process.platform}-${process.arch}/bin/node`
  if (!existsSync(link) && existsSync(join(checkout, 'node_modules', carried))) {
    mkdirSync(dirname(link), { recursive: true })
    rmSync(link, { force: true })
    symlinkSync(join('..', carried), link)
  }
  if (existsSync(link) && spawnSync(link, ['--version']).status === 0) return
  rmSync(link, { force: true })
  const own = Number(process.versions.node.split('.')[0])
  if (own < nodeForProgram) {
    giveUp(
      `Node ${nodeForProgram} is needed and is not carried for ${process.platform}-${process.arch}; this is Node ${process.versions.node}`,
      `install it, for example with: nvm install ${nodeForProgram}`,
    )
  }
}

if (Number(process.versions.node.split('.')[0]) < oldestNodeForInstall)
  giveUp(`Node ${process.versions.node} is too old`, `install Node ${oldestNodeForInstall} or newer`)
const lockfile = join(checkout, 'package-lock.json')
if (!existsSync(lockfile)) giveUp('package-lock.json is missing', 'bring it back with: git checkout package-lock.json')
const lock = readLock(lockfile)
if (installedDiffers(lock)) {
  await alone(async () => {
    const reason = installedDiffers(lock)
    if (!reason) return
    say(`${reason}: installing with npm ci (about a minute the first time)`)
    await install(lock)
  })
}
checkNodeForProgram()
