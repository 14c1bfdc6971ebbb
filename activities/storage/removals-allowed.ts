const MOST = 1_000
const SHARE = 0.05

/** How many of so many objects a reconciliation may delete without being told that it is meant: more looks like a fault of ours than like rubbish. */
export const removalsAllowed = (objects: number): number => Math.min(MOST, Math.floor(objects * SHARE))
