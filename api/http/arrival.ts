import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Request } from 'express'
import type { AnswerHead } from './answer-head.ts'

/** A request as Node tells it, before Express has made it its own. */
export interface Arrival
  extends IncomingMessage, Pick<Request, 'requestId' | 'log' | 'network' | 'originalUrl' | 'atRoute' | 'unforeseen' | 'refused'> {
  /** Of its address, as Express will take it. */
  pathname: string
  /** What its answer begins with, whoever answers. */
  head: AnswerHead
}

/** What every request passes; it ends the answer, goes on with `next`, or throws. */
export type Passage = (req: Arrival, res: ServerResponse, next: (error?: unknown) => void) => unknown
