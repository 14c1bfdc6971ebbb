import {
  breadcrumbsIntegration,
  browserTracingIntegration,
  captureException,
  init,
  replayIntegration,
  setTag,
} from '@sentry/react'
import { addressOf, episodeOf, scrubbed } from './scrub.ts'

/** Starts Sentry: a tenth of page views traced and replayed, every replay in which an error happened. Texts and pictures are blotted out. */
export function start(dsn: string, environment: string, release: string | undefined): void {
  init({
    dsn,
    environment,
    ...(release && { release }),
    tracesSampleRate: 0.1,
    replaysSessionSampleRate: 0.1,
    replaysOnErrorSampleRate: 1,
    traceLifecycle: 'static',
    dataCollection: { userInfo: false, cookies: false, httpHeaders: false, httpBodies: [], urlQueryParams: false },
    tracePropagationTargets: [],
    initialScope: { tags: { part: 'web' } },
    integrations: (usual) => [
      // What was clicked is called by its label, and that may be a title.
      ...usual.filter(({ name }) => name !== 'Breadcrumbs'),
      breadcrumbsIntegration({ dom: false, fetch: false, xhr: false, history: false }),
      browserTracingIntegration({ beforeStartSpan: (span) => ({ ...span, name: addressOf(span.name) }) }),
      replayIntegration({
        maskAllText: true,
        maskAllInputs: true,
        blockAllMedia: true,
        networkCaptureBodies: false,
        maskAttributes: ['title', 'placeholder', 'aria-label', 'alt', 'content'],
      }),
    ],
    beforeSend: (event) => {
      const episode = episodeOf(location.pathname)
      return scrubbed({ ...event, tags: { ...event.tags, ...(episode && { episode_id: episode }) } })
    },
    beforeSendTransaction: scrubbed,
  })
}

/** Tells of an error, with the id of the request that was refused when there was one. */
export function report(error: unknown): void {
  const { requestId } = (error ?? {}) as { requestId?: string }
  captureException(error, requestId ? { tags: { request_id: requestId } } : undefined)
  if (requestId) setTag('last_request_id', requestId)
}
