// Railway's two services: `railway config plan` says what it would change there, `railway config apply` does it (docs/operations.md).
// Whatever Railway has and this file does not name, that would delete. So every setting of .env.example stays as it is set there; and who
// takes Redis or Postgres from Railway too adds it to the resources, as redis('NAME').
import { readFileSync } from 'node:fs'
import { defineRailway, preserve, project, service } from 'railway/iac'

const settings = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
const kept = Object.fromEntries([...settings.matchAll(/^#?([A-Z]\w+)=/gm)].map(([, name]) => [name, preserve()]))

const both = {
  build: { builder: 'DOCKERFILE', dockerfilePath: 'Dockerfile' },
  // Both migrate; the second to come finds nothing to do.
  preDeploy: 'npm run migrate && npm run seed',
  healthcheck: '/health',
  healthcheckTimeout: 100,
  // Draining is longer than WORKER_GRACE_SECONDS. Unset, SIGKILL follows SIGTERM at once, and a line being spoken is lost and bought again.
  deploy: { restartPolicyType: 'ON_FAILURE', restartPolicyMaxRetries: 3, drainingSeconds: 60 },
} as const

// `replicas` is said because unsaid it would take the service out of the region it was put in.
export default defineRailway(() =>
  project('aimake', {
    resources: [
      service('api', { ...both, replicas: 2, env: kept }),
      service('worker', {
        ...both,
        replicas: 1,
        // A start command replaces the image's entrypoint, and the health check asks PORT.
        start: 'tini -- node activities/worker.ts',
        env: { ...kept, PORT: '8001', WORKER_HEALTH_PORT: '8001', WORKER_METRICS_PORT: '9091', WORKER_GRACE_SECONDS: '30' },
      }),
    ],
  }),
)
