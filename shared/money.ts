/** What `units` cost at `microUsd` per `perUnits`, in millionths of a US dollar, rounded up: never below the invoice. */
export function costMicroUsd(units: number, price: { microUsd: bigint; perUnits: number }): bigint {
  if (!Number.isSafeInteger(units) || units < 0) throw new RangeError(`units must be a whole number, not ${units}`)
  const perUnits = BigInt(price.perUnits)
  return (BigInt(units) * price.microUsd + perUnits - 1n) / perUnits
}

/** Money for JSON. Sums beyond 9 billion dollars do not fit a number and are refused rather than rounded. */
export function toNumber(microUsd: bigint): number {
  const number = Number(microUsd)
  if (!Number.isSafeInteger(number)) throw new RangeError('a sum of money does not fit a JSON number')
  return number
}
