import { z } from 'zod'

/** A whole number of a query or path, in decimal digits and nothing else: `0x10`, `1e3` and an empty word are none. */
export const wholeNumber = (least: number, most: number) =>
  z.preprocess(
    (word) => (typeof word === 'string' && /^-?\d{1,15}$/.test(word) ? Number(word) : word),
    z.number().int().min(least).max(most),
  )
