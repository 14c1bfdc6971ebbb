const keys = ['one', 'two', 'three', 'four', 'five', 'six'] as const

/** How many talk, as a key of the wording; a cast is one to six. */
export const castKey = (size: number) => keys[Math.min(Math.max(size, 1), 6) - 1] ?? 'one'
