import type { RequestHandler } from 'express'
import { HttpProblem } from './problem.ts'

const isListening = (path: string) => path.endsWith('/events')
const isHealth = (path: string) => path === '/health' || path.startsWith('/health/')

/**
 * Bounds what this process takes on: so many requests in the making and so many who listen to events. Whoever comes on top is told at once
 * to come again, which costs nothing; health is always answered, so that nobody restarts a process for being busy.
 */
export function shedOverload({ requests, listeners }: { requests: number; listeners: number }): RequestHandler {
  const present = { requests: 0, listeners: 0 }
  const room = { requests, listeners }
  return (req, res, next) => {
    if (isHealth(req.path)) return next()
    const kind = isListening(req.path) ? 'listeners' : 'requests'
    if (present[kind] >= room[kind])
      throw new HttpProblem('unavailable', 'Too much is asked for at this moment. Nothing was done; try again soon.', {
        retryAfterSeconds: 2,
      })
    present[kind] += 1
    res.on('close', () => (present[kind] -= 1))
    next()
  }
}
