import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { contentHash, isMarked } from './content-hash.ts'
import { prismaCommand } from './prisma-command.ts'
import { run, withOwnNode } from './run-program.ts'

/** Does `work` unless the marker says it was done for these very sources; says in words which it was. */
async function whenChanged(
  checkout: string,
  sources: string[],
  marker: string,
  work: () => Promise<unknown>,
  settings = '',
): Promise<string> {
  const hash = contentHash(checkout, sources, settings)
  if (isMarked(join(checkout, marker), hash)) return 'up to date'
  await work()
  mkdirSync(dirname(join(checkout, marker)), { recursive: true })
  writeFileSync(join(checkout, marker), hash)
  return 'made'
}

/** Generates the database client when the schema or Prisma changed. Repeating it does nothing. */
export function generateClient(checkout: string, signal?: AbortSignal): Promise<string> {
  const { command, args, env } = prismaCommand(checkout, ['generate'], process.env)
  return whenChanged(
    checkout,
    ['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json'],
    'prisma/generated/.made-for',
    () => run(command, args, { cwd: checkout, env, signal }),
  )
}

/** The screens, with what their bundles are made from. */
export const screens = [
  { name: 'web', sources: ['web', 'api/openapi.d.ts', 'package-lock.json'] },
  { name: 'admin', sources: ['admin', 'web/src', 'api/openapi.d.ts', 'package-lock.json'] },
] as const

/** Builds one screen into its `dist` folder when its sources changed. */
export async function buildScreen(
  checkout: string,
  { name, sources }: (typeof screens)[number],
  signal?: AbortSignal,
): Promise<string> {
  if (!existsSync(join(checkout, name, 'index.html'))) return 'not there'
  const vite = join(checkout, 'node_modules/vite/bin/vite.js')
  const env = withOwnNode({ ...process.env, NODE_ENV: 'production', NO_COLOR: '1', FORCE_COLOR: undefined })
  // What is baked into the page changes it as its sources do.
  const baked = JSON.stringify(Object.entries(env).filter(([key, value]) => key.startsWith('VITE_') && value))
  const build = () => run(process.execPath, [vite, 'build'], { cwd: join(checkout, name), env, signal })
  return whenChanged(checkout, [...sources], `${name}/dist/.made-for`, build, baked === '[]' ? '' : baked)
}
