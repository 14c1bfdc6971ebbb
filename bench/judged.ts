/** Prints a figure beside its target, in the one form that `npm run bench` reads; a target that is missed makes the bench end with 1. */
export function judged(name: string, figure: string, target: string, isMet: boolean): void {
  console.log(`${isMet ? 'met   ' : 'MISSED'}  ${name}: ${figure} (target ${target})`)
  if (!isMet) process.exitCode = 1
}

/** The same for a number that must not be above its limit. */
export function atMost(name: string, value: number, limit: number, unit = '', digits = 2): void {
  judged(name, `${value.toFixed(digits)}${unit}`, `<= ${limit}${unit}`, value <= limit)
}

/** The same for a number that must not be below its limit. */
export function atLeast(name: string, value: number, limit: number, digits = 2): void {
  judged(name, value.toFixed(digits), `>= ${limit}`, value >= limit)
}

/** The middle one of some figures; of an even number of them, the higher of the two in the middle. */
export function median(figures: number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)]!
}
