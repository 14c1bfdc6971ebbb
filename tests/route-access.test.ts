import { expect, it } from 'vitest'
import { declaredRoutes } from '../scripts/openapi.ts'
import { route } from '../api/http/route.ts'

const rest = { summary: '', answers: {}, handler: async () => ({ status: 200 }) }

it('lets support read the whole console, and change nothing in it', () => {
  const routes = declaredRoutes().filter(({ path }) => path.startsWith('/api/admin/'))
  expect(routes.length).toBeGreaterThan(30)
  for (const { method, path, access } of routes) {
    expect(`${method} ${path}: ${access}`).toBe(`${method} ${path}: ${method === 'get' ? 'support' : 'admin'}`)
  }
})

it('does not compile with the wrong word for who may call', () => {
  // @ts-expect-error a read of the console that support cannot do
  route({ ...rest, method: 'get', path: '/api/admin/anything', access: 'admin' })
  // @ts-expect-error a change in the console that support could make
  route({ ...rest, method: 'post', path: '/api/admin/anything', access: 'support' })
  // @ts-expect-error a change in the console that anybody could make
  route({ ...rest, method: 'delete', path: '/api/admin/anything/{id}', access: 'user' })
  // @ts-expect-error a route outside the console that only administrators could call
  route({ ...rest, method: 'get', path: '/api/episodes', access: 'admin' })
  // @ts-expect-error nobody said who may call
  route({ ...rest, method: 'get', path: '/api/admin/anything' })
})
