import type { Import, Module } from './modules.ts'

/** A rule of the house. `broken` names what in a file breaks it; `planted` are files that must. */
export interface Rule {
  sentence: string
  broken: (file: Module) => string[]
  planted: Record<string, string>
}

export type Where = (path: string) => boolean

/** Files whose path looks like this. */
export const at =
  (pattern: RegExp): Where =>
  (path) =>
    pattern.test(path)
export const isTest = at(/\.test\.tsx?$/)
/** Whether an import is a file of ours; what is not is a package or Node's own. */
export const isOurs = at(/^(activities|admin|api|bench|client|prisma|scripts|shared|tests|web|workflows|\.{1,2})\//)
/** These files, those excepted. */
export const unless =
  (where: Where, exception: Where): Where =>
  (path) =>
    where(path) && !exception(path)

/** Files at `where` may import these and no others. */
export const only =
  (where: Where, allowed: (item: Import, path: string) => boolean) =>
  ({ path, imports }: Module): string[] =>
    where(path) ? imports.filter((item) => !allowed(item, path)).map(({ target }) => target) : []

/** Files at `where` may not import these. */
export const never = (where: Where, forbidden: (item: Import, path: string) => boolean) =>
  only(where, (item, path) => !forbidden(item, path))

/** The file itself breaks the rule. */
export const fileRule = (isBroken: (file: Module) => boolean, what: string) => (file: Module) => (isBroken(file) ? [what] : [])

/** What breaks a rule, a line each. */
export const breaches = (files: Module[], { sentence, broken }: Rule): string[] =>
  files.flatMap((file) => broken(file).map((what) => `${file.path} -> ${what}: ${sentence}`))
