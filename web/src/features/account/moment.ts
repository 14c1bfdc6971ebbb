/** A day and a time as the reader writes them. */
export const momentOf = (iso: string, language: string): string =>
  new Date(iso).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' })
