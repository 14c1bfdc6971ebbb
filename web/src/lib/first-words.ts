/** The beginning of a source as one reads it: without the marks of headings, and without empty lines. */
export const readableWords = (words: string) => words.replaceAll(/^#+\s+/gm, '').replaceAll(/\n\s*\n/g, '\n')
