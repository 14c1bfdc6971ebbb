/** What a `datetime-local` field holds, in the reader's own time zone, as the API wants it. Undefined: nothing. */
export const isoOf = (typed: string): string | undefined => (typed === '' ? undefined : new Date(typed).toISOString())

/** It is no moment to come. */
export const isOver = (typed: string): boolean => typed !== '' && !(new Date(typed).getTime() > Date.now())
