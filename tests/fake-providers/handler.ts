import type { IncomingMessage, ServerResponse } from 'node:http'

/** What a provider would send: whole, before anything was done to it on the way. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: Buffer | string
}

/** One question, as it is counted and as a script of misbehaviour may match it. */
export interface Call {
  /** The name of the route in counts and scripts, for example `openai-speech`. */
  route: string
  /** The key it was asked with; `undefined` where nobody asks for one. */
  key: string | undefined
  /** What was to be spoken or answered; counted by its hash. */
  text: string
  /** An error in the shape of this provider's own. `code` is its word for it, where it is not told by the status. */
  errorAnswer(status: number, code?: string): Answer
}

/** What a handler is told to do wrong itself, because only it knows its format: `silent`, `half-length`, `broken-json` ... */
export type Fault = string

/** The part of the server that counts, waits, refuses and spoils, the same for every route. */
export interface Control {
  /**
   * Answers `call` with what `make` makes, or as the script says: late, with an error, cut, never. `make` is not called for refused
   * calls; its `fault` is one that the script names and this part does not know. Returns true, so that a handler ends with it.
   */
  serve(call: Call, response: ServerResponse, make: (fault?: Fault) => Answer | Promise<Answer>): Promise<true>
}

/** Speaks one provider's routes. Returns false, having touched nothing, when the request is not for it. */
export type Handler = (request: IncomingMessage, body: Buffer, response: ServerResponse, control: Control) => Promise<boolean>
