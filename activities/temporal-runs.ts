import { WorkflowNotFoundError } from '@temporalio/client'
import type { Client } from '@temporalio/client'

/** `gone`: it was never begun, or is forgotten. */
export type RunState = 'open' | 'over' | 'gone'

/** Asks Temporal what became of a run. Throws when it does not answer. */
export const runStates =
  (temporal: Client) =>
  async (workflowId: string): Promise<RunState> => {
    try {
      const { status } = await temporal.workflow.getHandle(workflowId).describe()
      return status.name === 'RUNNING' ? 'open' : 'over'
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'gone'
      throw error
    }
  }
