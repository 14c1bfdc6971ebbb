// What the page asked the API before its code had come (public/before-paint.js): each answer is taken once.

declare global {
  var askedAhead: Map<string, Promise<Response>> | undefined
}

/** The answer that is on its way already, if there is one. */
export function takeAhead(path: string): Promise<Response> | undefined {
  const answer = globalThis.askedAhead?.get(path)
  globalThis.askedAhead?.delete(path)
  return answer
}

/** What was asked for somebody else, or for nobody, is no answer for whoever comes now. */
export const forgetAhead = () => globalThis.askedAhead?.clear()
