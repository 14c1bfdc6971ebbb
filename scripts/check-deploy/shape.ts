/** Which keys a table may have and what each may hold: a question, a table of its own, or a list of one kind. */
export type Shape = ((value: unknown) => boolean) | { [key: string]: Shape } | [Shape]

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Every place where a value is not of its shape. */
export function complaints(value: unknown, shape: Shape, at: string): string[] {
  if (typeof shape === 'function') return shape(value) ? [] : [`${at}: ${JSON.stringify(value)} does not belong here`]
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return [`${at}: a list is expected`]
    return value.flatMap((one, index) => complaints(one, shape[0], `${at}[${index}]`))
  }
  if (!isRecord(value)) return [`${at}: a table is expected`]
  return Object.entries(value).flatMap(([key, one]) => {
    const inner = Object.hasOwn(shape, key) ? shape[key] : undefined
    const where = at === '' ? key : `${at}.${key}`
    return inner === undefined ? [`${where}: no such key`] : complaints(one, inner, where)
  })
}
