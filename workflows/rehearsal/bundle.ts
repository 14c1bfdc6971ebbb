import { fileURLToPath } from 'node:url'
import { DefaultLogger, Runtime, bundleWorkflowCode } from '@temporalio/worker'
import type { WorkflowBundle } from '@temporalio/worker'

const quiet = new DefaultLogger('ERROR')

/** Temporal's native core, saying only what is an error: a cancel or a planted change is news to it, not to a test. Once in a process. */
export function installQuietRuntime(): void {
  Runtime.install({ logger: quiet, shutdownSignals: [], telemetryOptions: { logging: { filter: 'error' } } })
}

/** The workflows as the server runs them; `folder` may hold a changed copy of them. */
export const bundleWorkflows = (folder: URL = new URL('..', import.meta.url)): Promise<WorkflowBundle> =>
  bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL('index.ts', folder)), logger: quiet })
