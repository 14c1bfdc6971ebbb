// Prints the workflows as one file, for a worker (see workflow-code.ts) or to be handed to one as WORKFLOW_BUNDLE.
import { fileURLToPath } from 'node:url'
import { DefaultLogger, bundleWorkflowCode } from '@temporalio/worker'

const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url))
const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') })
process.stdout.write(code)
