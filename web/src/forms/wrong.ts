/** One thing that is wrong with a body, as the check of the API's schema names it. */
export interface Wrong {
  /** `/scopes/0`; empty for the body itself. */
  instancePath: string
  keyword: string
  params: Record<string, unknown>
}

export interface Check {
  (body: unknown): boolean
  errors?: readonly Wrong[] | null
  /** Fields that cannot be left empty. */
  needed: readonly string[]
}

/** What is wrong with a body, field by field: of each the first. Wrongs of the body itself stand under `root`. */
export function wrongFields(check: Check, body: unknown): Map<string, Wrong> {
  if (check(body)) return new Map()
  return new Map((check.errors ?? []).toReversed().map((wrong) => [fieldOf(wrong), wrong]))
}

function fieldOf({ instancePath, keyword, params }: Wrong): string {
  if (instancePath !== '') return instancePath.split('/')[1]!
  return keyword === 'required' ? String(params['missingProperty']) : 'root'
}
