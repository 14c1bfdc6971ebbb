/** The parts of a report that could carry what a person wrote. */
interface Report {
  message?: unknown
  logentry?: unknown
  extra?: unknown
  user?: unknown
  breadcrumbs?: unknown
  request?: { method?: string; url?: string } | undefined
  exception?: { values?: { type?: string; value?: string }[] } | undefined
  spans?: { description?: string; data?: Record<string, unknown> }[] | undefined
  contexts?: Record<string, unknown> | undefined
  transaction?: string
}

/** Sentences of the engine itself, which quote names from our code and nothing else. Every other message may quote a person. */
const engineSentences = [
  /^Cannot (?:read|set) properties of (?:undefined|null)(?: \((?:reading|setting) '\w+'\))?$/,
  /^[\w.$]{1,80} is not (?:a function|iterable|defined|a constructor)$/,
  /^Maximum call stack size exceeded$/,
  /^Invalid array length$/,
]

/** Tokens in addresses open pages, and what stands behind a question mark is nobody's business. */
const plainAddress = (address: string) =>
  address.replace(/[?#].*$/, '').replace(/(\/(?:s|feeds|embed|reset-password)\/)[^/\s]+/, '$1[token]')

const spanData =
  /^(?:sentry\.(?:op|origin|source|sample_rate)|http\.(?:request\.)?(?:method|response\.status_code|route)|thread\.\w+)$/

/**
 * Takes out of a report everything that a person may have written or that opens something: messages, addresses' questions, cookies, headers,
 * bodies, variables. What is left says where in our code it happened, of which kind it is, and by which ids the log tells the rest.
 */
export function scrubbed<R extends object>(report: R): R {
  const event = report as R & Report
  for (const part of ['message', 'logentry', 'extra', 'user', 'breadcrumbs'] as const) delete event[part]
  if (event.request) {
    const { method, url } = event.request
    event.request = { ...(method && { method }), ...(url && { url: plainAddress(url) }) }
  }
  if (event.transaction) event.transaction = plainAddress(event.transaction)
  for (const exception of event.exception?.values ?? []) exception.value = speakable(exception.value ?? '')
  for (const span of event.spans ?? []) {
    if (span.description) span.description = plainAddress(span.description)
    span.data = onlyHarmless(span.data)
  }
  const trace = event.contexts?.['trace'] as { data?: Record<string, unknown> } | undefined
  if (trace?.data) trace.data = onlyHarmless(trace.data)
  // A system error's context names the address it asked for.
  delete event.contexts?.['node_system_error']
  return report
}

const speakable = (message: string) =>
  engineSentences.some((sentence) => sentence.test(message)) ? message : '(its words are in the log, under the same request id)'

const onlyHarmless = (data: Record<string, unknown> = {}) =>
  Object.fromEntries(Object.entries(data).filter(([name]) => spanData.test(name)))
