/** What is done with a line; `position` is its place in the episode. */
export interface LineTask {
  position: number
}

/** What the pool queues. */
export interface QueuedTask {
  params?: unknown[] | null
}

const positionOf = ({ params }: QueuedTask) => (params?.[0] as LineTask | undefined)?.position ?? Infinity

/** What waits for a process, the lines first that are heard first: somebody may be waiting for them. Equal ones in the order they came. */
export class FirstLinesFirst<T extends QueuedTask = QueuedTask> {
  private tasks: T[] = []

  size(): number {
    return this.tasks.length
  }

  push(task: T): void {
    const behind = this.tasks.findIndex((other) => positionOf(other) > positionOf(task))
    this.tasks.splice(behind < 0 ? this.tasks.length : behind, 0, task)
  }

  pop(): T | undefined {
    return this.tasks.shift()
  }

  contains(task: T): boolean {
    return this.tasks.includes(task)
  }

  clear(): void {
    this.tasks = []
  }
}
