import { queueOptionsSymbol } from 'piscina'
import type { TaskQueue } from 'piscina'

type Task = Parameters<TaskQueue['push']>[0]

/** What is done with a line; `position` is its place in the episode. */
export interface LineTask {
  position: number
}

/** Work as it is to be handed to the pool, so that its queue knows whose it is. */
export const queued = <T extends object>(task: T, line: LineTask): T => ({ ...task, [queueOptionsSymbol]: line })

const positionOf = (task: Task) => (task[queueOptionsSymbol] as LineTask | null)?.position ?? Infinity

/** What waits for a thread, the lines first that are heard first: somebody may be waiting for them. Equal ones in the order they came. */
export class FirstLinesFirst implements TaskQueue {
  private readonly tasks: Task[] = []

  get size(): number {
    return this.tasks.length
  }

  push(task: Task): void {
    const behind = this.tasks.findIndex((other) => positionOf(other) > positionOf(task))
    this.tasks.splice(behind < 0 ? this.tasks.length : behind, 0, task)
  }

  shift(): Task | null {
    return this.tasks.shift() ?? null
  }

  remove(task: Task): void {
    const at = this.tasks.indexOf(task)
    if (at >= 0) this.tasks.splice(at, 1)
  }
}
