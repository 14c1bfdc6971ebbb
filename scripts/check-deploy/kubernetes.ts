import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { queueFaults } from './queues.ts'
import { kedaSchemas, outcome, run, venvPython } from './tools.ts'
import type { Outcome } from './tools.ts'

const folder = 'deploy/kubernetes'
const manifests = () =>
  globSync(`${folder}/*.yaml`)
    .filter((path) => basename(path) !== 'kustomization.yaml')
    .sort()

/** Each resource against the schema of its kind; whether they fit together only a cluster knows. */
export function kubernetes(): Outcome[] {
  return [
    outcome(`${folder}: kubernetes-validate`, run('kubernetes-validate', ['--strict', '--quiet', '--no-warn', ...manifests()])),
    existsSync(kedaSchemas) && existsSync(venvPython)
      ? outcome(`${folder}: schemas of KEDA`, run(venvPython, ['scripts/check-deploy/keda.py', kedaSchemas, ...manifests()]))
      : { name: `${folder}: schemas of KEDA`, verdict: 'not installed' },
    outcome(`${folder}: kustomize build`, run('kustomize', ['build', folder])),
    listed(),
    served(),
  ]
}

/** A manifest that the list forgets is applied by nobody. */
function listed(): Outcome {
  const list = readFileSync(`${folder}/kustomization.yaml`, 'utf8')
  const forgotten = manifests().filter((path) => !list.includes(`- ${basename(path)}\n`))
  const name = `${folder}: every manifest is in the list`
  return forgotten.length === 0 ? { name, verdict: 'ok' } : { name, verdict: 'failed', said: forgotten.join(', ') }
}

/** A queue without a scaler waits for ever behind the workers there happen to be. */
function served(): Outcome {
  const faults = queueFaults(manifests().map((path) => readFileSync(path, 'utf8')))
  const name = `${folder}: every queue has its workers and their scaler`
  return faults.length === 0 ? { name, verdict: 'ok' } : { name, verdict: 'failed', said: faults.join('\n') }
}
