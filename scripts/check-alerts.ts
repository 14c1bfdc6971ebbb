// Asks promtool and amtool about the alerts: whether they are well-formed, and whether each fires when it should. npm run check:alerts
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './launcher/run-program.ts'
import { findPrometheus } from './prometheus.ts'

const folder = join(import.meta.dirname, '..', 'deploy/alerts')
const scratch = mkdtempSync(join(tmpdir(), 'aimake-alerts-'))
try {
  const [promtool, amtool] = [await findPrometheus('promtool'), await findPrometheus('amtool')]
  // Alertmanager before 0.26 does not know that the address of a webhook may stand in a file; the rest it can judge.
  const routes = readFileSync(join(folder, 'alertmanager.yml'), 'utf8').replace(/- url_file: \S+/, '- url: http://deadman/')
  writeFileSync(join(scratch, 'alertmanager.yml'), routes)
  const checks: [string, string, string[]][] = [
    ['the rules are well-formed', promtool, ['check', 'rules', join(folder, 'rules.yml')]],
    ['each fires when it should, and for no less', promtool, ['test', 'rules', join(folder, 'rules.test.yml')]],
    ['Prometheus takes its settings', promtool, ['check', 'config', join(folder, 'prometheus.yml')]],
    ['Alertmanager takes its settings', amtool, ['check-config', join(scratch, 'alertmanager.yml')]],
  ]
  for (const [what, command, args] of checks) {
    const said = await run(command, args).then(
      () => undefined,
      (error: Error) => error.message,
    )
    console.log(`${said === undefined ? 'ok    ' : 'failed'}  ${what}${said === undefined ? '' : `\n${said}`}`)
    if (said !== undefined) process.exitCode = 1
  }
} finally {
  rmSync(scratch, { recursive: true })
}
