import { HttpProblem } from './problem.ts'

declare const checked: unique symbol
interface Checked {
  readonly [checked]: true
}

/** Whose rows a question is about: a user id that somebody has proven to be theirs, or that the console may look at. Text is none. */
export type PersonId = string & Checked

/**
 * A thing that was looked at before it was handed on: its caller may act on it. Services and repos that touch what is somebody's take nothing else, and only
 * the functions below make one, so a check that is forgotten does not compile. Its owner and its versions are as authorised as it is itself.
 */
export type Authorized<T> = Checked & {
  [K in keyof T]: K extends 'userId'
    ? PersonId
    : K extends 'versions'
      ? T[K] extends (infer V)[]
        ? Authorized<V>[]
        : T[K]
      : T[K]
}

const passed = <T>(thing: T) => thing as unknown as Authorized<T>

/** Who signed in, by cookie or key. For the two places that have just found that out. */
export const signedIn = (userId: string): PersonId => userId as PersonId

/** The caller's own row. Throws `not-found` for another person's, exactly as for none at all. */
export function own<T extends { userId: string }>(userId: PersonId, row: T | null, refusal: () => HttpProblem): Authorized<T> {
  if (row?.userId !== userId) throw refusal()
  return passed(row)
}

/** Rows of a list that are all the caller's. Throws where one is not: then the list has asked for the wrong ones. */
export function allOwn<T extends { userId: string }>(userId: PersonId, rows: T[]): Authorized<T>[] {
  if (rows.some((row) => row.userId !== userId)) throw new Error('a list has rows of somebody else')
  return rows.map(passed)
}

interface Clerk {
  role: 'user' | 'support' | 'admin'
}

const refuseStrangers = ({ role }: Clerk) => {
  if (role !== 'admin' && role !== 'support') throw new HttpProblem('forbidden', 'Only administrators and support can see this.')
}

/** Anybody's row, for the console. Throws `not-found` where there is none, and `forbidden` for who is neither support nor administrator. */
export function inConsole<T>(clerk: Clerk, row: T | null, refusal: () => HttpProblem): Authorized<T> {
  refuseStrangers(clerk)
  if (row === null) throw refusal()
  return passed(row)
}

/** Rows of anybody, for the console. */
export function allInConsole<T>(clerk: Clerk, rows: T[]): Authorized<T>[] {
  refuseStrangers(clerk)
  return rows.map(passed)
}

/** Rows that hang on something that was looked at. */
export const within = <T>(_: Checked, rows: T[]): Authorized<T>[] => rows.map(passed)

/** In place of a person: all of them. */
export type Everybody = 'everybody' & Checked

/** All persons together, for the console. */
export function everybodyInConsole(clerk: Clerk): Everybody {
  refuseStrangers(clerk)
  return 'everybody' as Everybody
}

/** Anybody's id, for the console. */
export function personInConsole(clerk: Clerk, userId: string): PersonId {
  refuseStrangers(clerk)
  return userId as PersonId
}

/** What was found by an address that is itself the right to listen: the token of a share or a feed. */
export const byToken = <T>(row: T): Authorized<T> => passed(row)
