import { existsSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { RequestHandler } from 'express'

/** The tightest first: browsers name them in any order. */
const COPIES = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

/**
 * Stands before `express.static` of the same folder: where the build left a packed copy beside an asset (`a.js.br`, `a.js.gz`) and the browser
 * reads it, that copy is sent under the asset's own name and kind.
 */
export function packedFiles(folder: string): RequestHandler {
  return (req, res, next) => {
    // One name in that one folder: nothing of the address is left to lead elsewhere.
    if (!/^\/assets\/[\w.-]+\.(js|css)$/.test(req.path)) return next()
    res.vary('accept-encoding')
    const copy = COPIES.find(([name, ending]) => req.acceptsEncodings(name) && existsSync(join(folder, req.path + ending)))
    if (copy) {
      res.set('content-encoding', copy[0]).type(extname(req.path))
      req.url = req.path + copy[1]
    }
    next()
  }
}
