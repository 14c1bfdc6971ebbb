import { crashPoints } from '../../shared/crash-points.ts'

/** Which crash points are still to be died at: each at the point itself and in the middle of what follows, round after round. */
export class PointDeck {
  private readonly all: string[]
  private left: Set<string>

  constructor(program: keyof typeof crashPoints) {
    this.all = crashPoints[program].flatMap((point) => [point, `${point}+`])
    this.left = new Set(this.all)
  }

  /** The points a next life may die at. */
  get open(): string[] {
    if (this.left.size === 0) this.left = new Set(this.all)
    return [...this.left]
  }

  died(point: string): void {
    this.left.delete(point)
  }
}
