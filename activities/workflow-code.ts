import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { WorkflowBundleOption } from '@temporalio/worker'

const MOST_BYTES = 64 * 1024 * 1024
const run = promisify(execFile)

/**
 * The workflows as the worker runs them: from a file that was bundled beforehand, else bundled now, in a process of its own. The bundler is half as
 * large as all else in a worker's memory, and whatever stays there is looked through by every collection of garbage. Throws what the bundler says.
 */
export async function workflowCode(codePath: string | undefined): Promise<WorkflowBundleOption> {
  if (codePath) return { codePath }
  const bundler = fileURLToPath(new URL('bundle-workflows.ts', import.meta.url))
  const { stdout } = await run(process.execPath, [bundler], { maxBuffer: MOST_BYTES })
  return { code: stdout }
}
