import { createRailwayContext, project } from 'railway/iac'
import type { ProjectDefinition, ServiceNode } from 'railway/iac'
import program from '../../.railway/railway.ts'

/** The services of .railway/railway.ts, as Railway's own program reads them. */
export const railwayServices = async (): Promise<ServiceNode[]> => servicesOf(await program(createRailwayContext(), project))

const servicesOf = ({ resources = [] }: ProjectDefinition) => resources.flat().filter((resource) => resource.type === 'service')

/** Where .railway/railway.ts and railway.toml, which it takes the place of, say different things; and where its own figures do not fit. */
export function railwayFaults(toml: string, services: ServiceNode[]): string[] {
  // As far as we use TOML, its values are JSON's.
  const figures = [...toml.matchAll(/^(\w+) = (.+)$/gm)].map(([, key, value]) => [key!, JSON.stringify(JSON.parse(value!))])
  const missing = ['api', 'worker'].filter((name) => services.every((service) => service.name !== name))
  return [
    ...missing.map((name) => `there is no service ${name}`),
    ...services.flatMap((service) => {
      const { name, build, deploy } = service
      const own: Record<string, unknown> = { ...build, ...deploy }
      const [port, healthPort, grace] = ['PORT', 'WORKER_HEALTH_PORT', 'WORKER_GRACE_SECONDS'].map((key) => literal(service, key))
      return [
        ...figures
          .filter(([key, value]) => JSON.stringify(own[key!]) !== value)
          .map(([key, value]) => `${name}: ${key} is ${JSON.stringify(own[key!])}, in railway.toml ${value}`),
        ...(name === 'worker' && port !== healthPort
          ? [`worker: the health check asks ${port}, the worker answers at ${healthPort}`]
          : []),
        ...(name === 'worker' && !(Number(deploy?.drainingSeconds) > Number(grace))
          ? [`worker: killed after ${deploy?.drainingSeconds} s, and told that it has ${grace}`]
          : []),
      ]
    }),
  ]
}

function literal({ variables }: ServiceNode, key: string): string | undefined {
  const value = variables?.[key]
  return value?.type === 'literal' ? (value.value ?? undefined) : undefined
}
