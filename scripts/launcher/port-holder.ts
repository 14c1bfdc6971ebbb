import { readFileSync, readdirSync, readlinkSync } from 'node:fs'

const listening = '0A'

/** The socket numbers that listen on `port`, from the text of /proc/net/tcp or tcp6. */
export function listeningSockets(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(suffix) && fields[3] === listening)
    .map((fields) => fields[9]!)
}

const attempt = <T>(read: () => T, otherwise: T): T => {
  try {
    return read()
  } catch {
    return otherwise
  }
}

/** Names the process that listens on a port, such as `node (process 4711)`; undefined where the system does not tell. */
export function holderOfPort(port: number): string | undefined {
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => attempt(() => readFileSync(path, 'utf8'), ''))
  const sockets = new Set(tables.flatMap((table) => listeningSockets(table, port)).map((inode) => `socket:[${inode}]`))
  if (!sockets.size) return undefined
  for (const pid of attempt(() => readdirSync('/proc'), []).filter((name) => /^\d+$/.test(name))) {
    const files = attempt(() => readdirSync(`/proc/${pid}/fd`), [])
    const holds = files.some((file) => sockets.has(attempt(() => readlinkSync(`/proc/${pid}/fd/${file}`), '')))
    if (holds) return `${attempt(() => readFileSync(`/proc/${pid}/comm`, 'utf8').trim(), 'a program')} (process ${pid})`
  }
  return undefined
}
