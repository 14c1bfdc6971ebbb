import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type SecureDoor = { url: string; authority: string; close: () => void }

/** HTTPS in front of an API, as a platform would put it there, with a certificate good for so many days. */
export async function secureDoor(api: string, days: number): Promise<SecureDoor> {
  const folder = mkdtempSync(join(tmpdir(), 'aimake-tls-'))
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
  execFileSync(
    'openssl',
    ['req', '-x509', '-nodes', ...kind, '-days', String(days), ...subject, '-keyout', key, '-out', certificate],
    { stdio: 'ignore' },
  )
  const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (req, res) => {
    const inner = request(new URL(req.url!, api), { method: req.method, headers: req.headers }, (answer) => {
      res.writeHead(answer.statusCode!, { ...answer.headers, 'strict-transport-security': 'max-age=31536000' })
      answer.pipe(res)
    })
    inner.on('error', () => res.writeHead(502).end())
    req.pipe(inner)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    authority: certificate,
    close() {
      server.close()
      server.closeAllConnections()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
