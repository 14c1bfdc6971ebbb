/** What an operator typed as dollars, in millionths; null when it is no sum (a million dollars at most). */
export function microUsdOf(typed: string): number | null {
  const sum = /^\s*\$?\s*(\d{1,7}(?:[.,]\d{1,6})?)\s*$/.exec(typed)?.[1]
  if (sum === undefined) return null
  const microUsd = Math.round(Number(sum.replace(',', '.')) * 1e6)
  return microUsd <= 1e12 ? microUsd : null
}

export const asTyped = (microUsd: number | null) => (microUsd === null ? '' : String(microUsd / 1e6))
