import { createHash } from 'node:crypto'
import { globSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canReadObjects } from './buckets.ts'
import type { Command, ServerContext } from './server.ts'

const maxSocketPathLength = 100

/** Unix sockets have short paths: they are kept with the data, or in the temporary folder where that lies too deep. */
function socketFolder(dataDirectory: string): string {
  const inside = join(dataDirectory, 'sockets')
  if (`${inside}/filer.sock`.length <= maxSocketPathLength) return inside
  return join(
    tmpdir(),
    `aimake-${process.getuid?.() ?? 0}-${createHash('sha256').update(dataDirectory).digest('hex').slice(0, 16)}`,
  )
}

/** It also makes sockets by port number, always in /tmp, and leaves them there when it is killed. */
const socketsOfPort = (port: number) => globSync(`/tmp/seaweedfs-*-${port}.sock`)

/** False for a port whose sockets another user left behind: the server could neither use nor remove them. */
export function isUsablePort(port: number): boolean {
  const user = process.getuid?.()
  return user === 0 || socketsOfPort(port).every((path) => statSync(path, { throwIfNoEntry: false })?.uid === user)
}

/** Makes the data folder and clears the sockets a killed server left behind: it would refuse to start over them. */
export async function prepare({ dataDirectory, ports }: ServerContext): Promise<void> {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
  for (const path of Object.values(ports).flatMap(socketsOfPort)) rmSync(path, { force: true })
  rmSync(socketFolder(dataDirectory), { recursive: true, force: true })
  mkdirSync(socketFolder(dataDirectory), { mode: 0o700 })
}

/**
 * SeaweedFS speaking S3 and nothing else.
 * `-disableHttp` is vital: without it the filer reads and writes every object unsigned. Every port is named because a taken default is silently replaced.
 */
export function start({ program, dataDirectory, ports, secrets, buckets }: ServerContext): Command {
  const sockets = socketFolder(dataDirectory)
  return {
    command: program,
    args: [
      '-logtostderr',
      'mini',
      `-dir=${dataDirectory}`,
      '-ip=127.0.0.1',
      '-ip.bind=127.0.0.1',
      `-s3.port=${ports.s3}`,
      `-s3.port.grpc=${ports.s3Grpc}`,
      `-master.port=${ports.master}`,
      `-master.port.grpc=${ports.masterGrpc}`,
      `-volume.port=${ports.volume}`,
      `-volume.port.grpc=${ports.volumeGrpc}`,
      `-filer.port=${ports.filer}`,
      `-filer.port.grpc=${ports.filerGrpc}`,
      `-admin.port=${ports.admin}`,
      `-admin.port.grpc=${ports.adminGrpc}`,
      `-filer.localSocket=${sockets}/filer.sock`,
      `-s3.localSocket=${sockets}/s3.sock`,
      '-s3.port.iceberg=0',
      '-s3.port.lance=0',
      '-webdav=false',
      '-admin.ui=false',
      '-disableHttp',
      '-master.telemetry=false',
      `-bucket=${buckets.join(',')}`,
    ],
    env: { AWS_ACCESS_KEY_ID: secrets.s3AccessKey, AWS_SECRET_ACCESS_KEY: secrets.s3SecretKey },
  }
}

/** True when a signed read of every bucket works; it answers 500 for seconds while it recovers. */
export function isReady({ ports, secrets, buckets }: ServerContext): Promise<boolean> {
  return canReadObjects(
    { endpoint: `http://127.0.0.1:${ports.s3}`, accessKey: secrets.s3AccessKey, secretKey: secrets.s3SecretKey },
    buckets,
  )
}
