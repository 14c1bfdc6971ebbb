import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { dashboardSchema } from './dashboard.schema.ts'
import { dashboardOf } from './dashboard.service.ts'
import type { DashboardDeps } from './dashboard.service.ts'

export function dashboardRoutes(deps: DashboardDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/admin/dashboard',
      summary: 'How the house does now.',
      access: 'support',
      answers: { 200: { description: 'As it is.', schema: dashboardSchema } },
      handler: async () => ({ status: 200, body: await dashboardOf(deps) }),
    }),
  ]
}
