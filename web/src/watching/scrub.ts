interface Report {
  message?: unknown
  extra?: unknown
  user?: unknown
  breadcrumbs?: unknown
  request?: { url?: string; headers?: unknown; query_string?: unknown } | undefined
  exception?: { values?: { value?: string }[] } | undefined
  spans?: { description?: string; data?: unknown }[] | undefined
  contexts?: Record<string, unknown> | undefined
  transaction?: string
}

/** Sentences of the browser itself, which quote names from our code and nothing else. Every other message may quote a person. */
const engineSentences = [
  /^Cannot (?:read|set) properties of (?:undefined|null)(?: \((?:reading|setting) '\w+'\))?$/,
  /^[\w.$]{1,80} is not (?:a function|iterable|defined|a constructor)$/,
  /^Failed to fetch dynamically imported module/,
  /^Minified React error #\d+/,
]

/** An address without what stands behind a question mark, and without the token of a shared page. */
export const addressOf = (address: string): string =>
  address.replace(/[?#].*$/, '').replace(/(\/(?:s|feeds|embed|reset-password)\/)[^/\s]+/, '$1[token]')

/** The episode that a page is about. */
export const episodeOf = (path: string): string | undefined => /^\/episodes\/([\da-f-]{36})/.exec(path)?.[1]

/** Takes out of a report everything that a person may have written. What is left says where in our code it happened. */
export function scrubbed<R extends object>(report: R): R {
  const event = report as R & Report
  for (const part of ['message', 'extra', 'user', 'breadcrumbs'] as const) delete event[part]
  if (event.request) event.request = { ...(event.request.url && { url: addressOf(event.request.url) }) }
  if (event.transaction) event.transaction = addressOf(event.transaction)
  for (const exception of event.exception?.values ?? []) {
    const message = engineSentences.map((sentence) => sentence.exec(exception.value ?? '')?.[0]).find(Boolean)
    exception.value = message ?? ''
  }
  for (const span of event.spans ?? []) {
    if (span.description) span.description = addressOf(span.description)
    delete span.data
  }
  const trace = event.contexts?.['trace'] as { data?: unknown } | undefined
  delete trace?.data
  return report
}
