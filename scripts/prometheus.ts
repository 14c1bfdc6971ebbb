import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { cacheDirectory, runsAsRoot } from './launcher/folders.ts'
import { run } from './launcher/run-program.ts'
import { StartError } from './launcher/start-error.ts'

/** Programs of Prometheus, by what they are asked for. Debian calls the third one by a longer name. */
const names = {
  promtool: ['promtool'],
  prometheus: ['prometheus'],
  alertmanager: ['prometheus-alertmanager', 'alertmanager'],
  amtool: ['amtool'],
}
export type PrometheusProgram = keyof typeof names

const sources: Record<PrometheusProgram, string> = {
  promtool: 'github.com/prometheus/prometheus/cmd/promtool@v0.316.0',
  prometheus: 'github.com/prometheus/prometheus/cmd/prometheus@v0.316.0',
  alertmanager: 'github.com/prometheus/alertmanager/cmd/alertmanager@v0.29.0',
  amtool: 'github.com/prometheus/alertmanager/cmd/amtool@v0.29.0',
}

function installed(program: PrometheusProgram, home: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', home]
  return folders.flatMap((folder) => names[program].map((name) => join(folder, name))).find((path) => existsSync(path))
}

async function fromApt(say: (text: string) => void): Promise<void> {
  if (!runsAsRoot || !existsSync('/usr/bin/apt-get')) return
  say('Prometheus is not installed: running apt-get install prometheus prometheus-alertmanager')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const packages = ['prometheus', 'prometheus-alertmanager']
  const install = () => run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env })
  await install()
    .catch(() => run('apt-get', ['update', '-q'], { env }).then(install))
    .catch((error: Error) => say(error.message))
}

async function fromGo(program: PrometheusProgram, home: string, say: (text: string) => void): Promise<void> {
  say(`building ${program} with go, which takes some minutes`)
  const env = { ...process.env, GOBIN: home }
  await run('go', ['install', '-tags', 'remove_all_sd', sources[program]], { env }).catch((error: Error) => say(error.message))
}

/**
 * The path of a program of Prometheus: the machine's own, else installed by apt (as root on Debian, saying so), else built by go into the cache.
 * Throws a `StartError` naming the one command when there is none.
 */
export async function findPrometheus(program: PrometheusProgram, say: (text: string) => void = console.log): Promise<string> {
  const home = join(cacheDirectory(process.env), 'prometheus')
  const look = () => installed(program, home)
  if (!look()) await fromApt(say)
  if (!look()) await fromGo(program, home, say)
  const path = look()
  if (path) return path
  throw new StartError(`${program} could not be found`, 'sudo apt-get install -y prometheus prometheus-alertmanager')
}
