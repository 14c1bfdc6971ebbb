import { HttpProblem } from '../http/problem.ts'
import type { Caller } from '../http/route.ts'

/** Refuses to change the account that everybody may enter. */
export function requireOwnAccount({ isDemo }: Caller): void {
  if (isDemo)
    throw new HttpProblem('forbidden', 'The demo account is everybody’s, so nobody can change it. Sign up for one of your own.')
}
