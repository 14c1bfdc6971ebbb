import { episodeIn } from './marks.ts'

type Fields = Record<string, unknown>

/**
 * A line of our log in the names that the store of logs keeps: level, message, logger, timestamp, path, method, status_code, duration_ms,
 * request_id, episode_id. What else the line says stays as it is.
 */
export function logEvent(line: string): Fields {
  const { time, name, req, res, durationMs, requestId, episodeId, err, pid: _pid, ...rest } = JSON.parse(line) as Fields
  const { id, method, path } = (req ?? {}) as Fields
  const { status } = (res ?? {}) as Fields
  const request = requestId ?? id
  const episode = episodeId ?? (typeof path === 'string' ? episodeIn(path) : undefined)
  return {
    ...rest,
    _time: time,
    timestamp: time,
    logger: name,
    ...(method !== undefined && { method, path }),
    ...(status !== undefined && { status_code: status }),
    ...(durationMs !== undefined && { duration_ms: durationMs }),
    ...(request !== undefined && { request_id: request }),
    ...(episode !== undefined && { episode_id: episode }),
    ...(err !== undefined && { error: err }),
  }
}
