import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { databaseUrls, ensureDatabase } from '../../scripts/launcher/database.ts'
import { cacheDirectory, runsAsRoot, unprivileged } from '../../scripts/launcher/folders.ts'
import { keptSecrets } from '../../scripts/launcher/secrets.ts'
import type { Secrets } from '../../scripts/launcher/secrets.ts'
import * as postgres from '../../scripts/servers/postgres.ts'
import { findPrograms } from '../../scripts/servers/programs.ts'
import type { ServerContext } from '../../scripts/servers/server.ts'
import { servers } from '../../scripts/servers/table.ts'

const READY_MS = 30_000
const DISK = '400m'
/** Left free of a full disk: not a page. */
const CHUNK = 1024 * 1024

/** A Postgres of the test's own, on a disk of its own, that can be filled, made read only, stopped and started again. */
export class OwnDatabase {
  private readonly folder: string
  private readonly context: ServerContext
  private readonly secrets: Secrets
  private child: ChildProcess | undefined

  private constructor(folder: string, context: ServerContext, secrets: Secrets) {
    this.folder = folder
    this.context = context
    this.secrets = secrets
  }

  static async start(port: number): Promise<OwnDatabase> {
    const folder = mkdtempSync(join(tmpdir(), 'aimake-disk-'))
    const disk = join(folder, 'disk')
    mkdirSync(disk)
    chmodSync(folder, 0o755)
    if (!mount(disk)) throw new Error('a disk of its own needs the right to mount: run this as root')
    const [server] = servers.filter(({ name }) => name === 'postgres')
    const { postgres: program } = await findPrograms([server!], { cache: cacheDirectory(process.env), news: () => {} })
    const secrets = keptSecrets(folder)
    const context: ServerContext = {
      program: program!,
      dataDirectory: join(disk, 'postgres'),
      ports: { sql: port },
      secrets,
      buckets: [],
      signal: new AbortController().signal,
      ...(runsAsRoot && { identity: unprivileged }),
    }
    await postgres.prepare(context)
    const database = new OwnDatabase(folder, context, secrets)
    await database.goOn()
    await ensureDatabase(port, secrets)
    return database
  }

  /** What the product is started with. */
  get settings(): Record<string, string> {
    const { app, owner } = databaseUrls({ postgres: this.context.ports.sql! }, this.secrets)
    return { DATABASE_URL: app, DATABASE_OWNER_URL: owner }
  }

  /** Starts it, or waits until it is up again; one that has died of a full disk is started too. */
  async goOn(): Promise<void> {
    const untilMs = performance.now() + READY_MS
    while (!(await postgres.isReady(this.context).catch(() => false))) {
      if (performance.now() > untilMs) throw new Error('the database did not start')
      if (!this.child || this.child.exitCode !== null) this.spawn()
      await sleep(200)
    }
  }

  /** As a deployment restarts it: connections are ended, and nobody is let in for so long. */
  async restart(awayMs: number): Promise<void> {
    await this.stop()
    await sleep(awayMs)
    await this.goOn()
  }

  /** Every byte of its disk is used. */
  fill(): void {
    const file = openSync(this.ballast, 'w')
    const chunk = Buffer.alloc(CHUNK)
    try {
      for (;;) writeFileSync(file, chunk)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    } finally {
      // A file that is held open keeps its room when it is removed.
      closeSync(file)
    }
  }

  /** Somebody has made room. */
  clear(): void {
    rmSync(this.ballast, { force: true })
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(join(this.folder, 'disk'))
    return bavail * bsize
  }

  async asSuperuser(...statements: string[]): Promise<void> {
    const url = `postgresql://postgres:${this.secrets.postgresPassword}@127.0.0.1:${this.context.ports.sql}/aimake`
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      for (const statement of statements) await client.query(statement)
    } finally {
      await client.end()
    }
  }

  async end(): Promise<void> {
    this.clear()
    await this.stop()
    spawnSync('umount', [join(this.folder, 'disk')])
    rmSync(this.folder, { recursive: true, force: true })
  }

  private get ballast(): string {
    return join(this.folder, 'disk', 'ballast')
  }

  private spawn(): void {
    const { command, args, identity } = postgres.start(this.context)
    const log = openSync(join(this.folder, 'postgres.log'), 'a')
    this.child = spawn(command, args, { cwd: '/', stdio: ['ignore', log, log], ...identity })
  }

  private async stop(): Promise<void> {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return
    const ended = once(this.child, 'exit')
    // "Fast": who is connected is cut off, what is committed is kept.
    this.child.kill('SIGINT')
    await ended
  }
}

const mount = (path: string) => spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK},mode=755`, 'tmpfs', path]).status === 0
